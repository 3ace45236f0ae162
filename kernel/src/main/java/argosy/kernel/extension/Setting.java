package argosy.kernel.extension;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// A number that `%config` shows and changes, for the whole session. Safe from any thread.
public final class Setting {

  private static final NavigableMap<String, Setting> ALL = new ConcurrentSkipListMap<>();

  private final String name;
  private final String summary;
  private final int initial;
  private final int least;
  private volatile int value;

  private Setting(String name, String summary, int initial, int least) {
    this.name = name;
    this.summary = summary;
    this.initial = initial;
    this.least = least;
    this.value = initial;
  }

  /// Makes a setting and lists it; one of the same name gives way.
  ///
  /// @param name lower-case words with dots between, the subject first
  /// @param summary one line that says what it decides
  /// @param initial what it is until somebody changes it
  /// @param least the smallest value that makes sense
  public static Setting of(String name, String summary, int initial, int least) {
    Setting setting = new Setting(name, summary, initial, least);
    ALL.put(name, setting);
    return setting;
  }

  /// {@return every setting, in the order of their names}
  public static List<Setting> all() {
    return List.copyOf(ALL.values());
  }

  /// {@return the name}
  public String name() {
    return name;
  }

  /// {@return one line that says what it decides}
  public String summary() {
    return summary;
  }

  /// {@return what it is unless somebody changes it}
  public int initial() {
    return initial;
  }

  /// {@return what it is now}
  public int value() {
    return value;
  }

  /// Changes it, for what happens from now on.
  ///
  /// @throws IllegalArgumentException if the value is too small
  public void set(int newValue) {
    if (newValue < least) {
      throw new IllegalArgumentException(name + " is " + least + " at least, not " + newValue);
    }
    value = newValue;
  }
}

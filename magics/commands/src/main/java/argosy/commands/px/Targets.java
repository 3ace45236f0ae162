package argosy.commands.px;

import argosy.kernel.extension.MagicUsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which workers `--targets` means.
final class Targets {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern FROM_END = Pattern.compile("-\\d{1,9}");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");
  private static final Pattern SLICE =
      Pattern.compile("(-?\\d{1,9})?:(-?\\d{1,9})?(?::(-?\\d{1,9})?)?");

  private final List<Integer> workers;
  private final TreeSet<Integer> chosen = new TreeSet<>();

  private Targets(List<Integer> workers) {
    this.workers = workers;
  }

  /// {@return the numbers of the workers that a text such as `all`, `3`, `1,3`, `2-4`, `-1` or
  /// `::2` means, in order}
  ///
  /// @param workers the numbers of all workers, in order
  /// @throws MagicUsageException if it means none of them
  static List<Integer> of(String text, List<Integer> workers) {
    Targets targets = new Targets(workers);
    for (String part : text.split(",", -1)) {
      targets.add(part.strip());
    }
    if (targets.chosen.isEmpty()) {
      throw new MagicUsageException("'" + text + "' chooses no worker; there are " + workers);
    }
    return List.copyOf(targets.chosen);
  }

  private void add(String part) {
    Matcher range = RANGE.matcher(part);
    Matcher slice = SLICE.matcher(part);
    if (part.equals("all")) {
      chosen.addAll(workers);
    } else if (NUMBER.matcher(part).matches()) {
      addNumber(Integer.parseInt(part));
    } else if (FROM_END.matcher(part).matches()) {
      int index = workers.size() + Integer.parseInt(part);
      if (index < 0) {
        throw missing(part);
      }
      chosen.add(workers.get(index));
    } else if (range.matches()) {
      int last = Integer.parseInt(range.group(2));
      workers.stream()
          .filter(worker -> worker >= Integer.parseInt(range.group(1)) && worker <= last)
          .forEach(chosen::add);
    } else if (slice.matches()) {
      chosen.addAll(slice(slice.group(1), slice.group(2), slice.group(3)));
    } else {
      throw new MagicUsageException(
          "'" + part + "' is no choice of workers, such as all, 3, 1,3, 2-4 or ::2");
    }
  }

  private void addNumber(int worker) {
    if (!workers.contains(worker)) {
      throw missing(String.valueOf(worker));
    }
    chosen.add(worker);
  }

  private MagicUsageException missing(String part) {
    return new MagicUsageException("there is no worker " + part + "; there are " + workers);
  }

  /// A slice of the list of workers, as Python has it.
  private List<Integer> slice(
      @Nullable String start, @Nullable String end, @Nullable String step) {
    int by = step == null ? 1 : Integer.parseInt(step);
    if (by == 0) {
      throw new MagicUsageException("a step cannot be 0");
    }
    int size = workers.size();
    int lowest = by > 0 ? 0 : -1;
    int highest = by > 0 ? size : size - 1;
    int from = bound(start, by > 0 ? lowest : highest, lowest, highest);
    int to = bound(end, by > 0 ? highest : lowest, lowest, highest);
    List<Integer> found = new ArrayList<>();
    for (int i = from; by > 0 ? i < to : i > to; i += by) {
      found.add(workers.get(i));
    }
    return found;
  }

  private int bound(@Nullable String text, int otherwise, int lowest, int highest) {
    if (text == null) {
      return otherwise;
    }
    int value = Integer.parseInt(text);
    int index = value < 0 ? value + workers.size() : value;
    return Math.clamp(index, lowest, highest);
  }
}

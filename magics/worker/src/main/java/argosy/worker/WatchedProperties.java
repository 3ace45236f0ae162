package argosy.worker;

import java.util.Map;
import java.util.Properties;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// System properties that know whether anybody changed them, so that looking costs nothing.
final class WatchedProperties extends Properties {

  private static final long serialVersionUID = 1L;

  private volatile boolean isChanged;

  WatchedProperties(Properties original) {
    super.putAll(original);
    isChanged = false;
  }

  boolean isChanged() {
    return isChanged;
  }

  /// Makes these equal to the given ones, and unchanged.
  synchronized void restore(Properties original) {
    super.clear();
    super.putAll(original);
    isChanged = false;
  }

  @Override
  public synchronized @Nullable Object put(Object key, Object value) {
    isChanged = true;
    return super.put(key, value);
  }

  @Override
  public synchronized void putAll(Map<?, ?> entries) {
    isChanged = true;
    super.putAll(entries);
  }

  @Override
  public synchronized @Nullable Object putIfAbsent(Object key, Object value) {
    isChanged = true;
    return super.putIfAbsent(key, value);
  }

  @Override
  public synchronized @Nullable Object remove(Object key) {
    isChanged = true;
    return super.remove(key);
  }

  @Override
  public synchronized boolean remove(Object key, Object value) {
    isChanged = true;
    return super.remove(key, value);
  }

  @Override
  public synchronized void clear() {
    isChanged = true;
    super.clear();
  }

  @Override
  public synchronized @Nullable Object replace(Object key, Object value) {
    isChanged = true;
    return super.replace(key, value);
  }

  @Override
  public synchronized boolean replace(Object key, Object oldValue, Object newValue) {
    isChanged = true;
    return super.replace(key, oldValue, newValue);
  }

  @Override
  public synchronized void replaceAll(BiFunction<? super Object, ? super Object, ?> function) {
    isChanged = true;
    super.replaceAll(function);
  }

  @Override
  public synchronized @Nullable Object compute(
      Object key, BiFunction<? super Object, ? super @Nullable Object, ?> function) {
    isChanged = true;
    return super.compute(key, function);
  }

  @Override
  public synchronized @Nullable Object computeIfAbsent(
      Object key, Function<? super Object, ?> function) {
    isChanged = true;
    return super.computeIfAbsent(key, function);
  }

  @Override
  public synchronized @Nullable Object computeIfPresent(
      Object key, BiFunction<? super Object, ? super Object, ?> function) {
    isChanged = true;
    return super.computeIfPresent(key, function);
  }

  @Override
  public synchronized @Nullable Object merge(
      Object key, Object value, BiFunction<? super Object, ? super Object, ?> function) {
    isChanged = true;
    return super.merge(key, value, function);
  }
}

package argosy.worker.rebuild;

import argosy.wire.SentValue;
import argosy.wire.codec.Outlet;
import argosy.wire.memory.Range;
import argosy.wire.memory.SharedFiles;
import argosy.wire.memory.ValueForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The large values of one result after the other: copied into shared memory, where there is some.
/// Those of all results that are sent together have different numbers.
final class ResultValues implements Outlet {

  private final SharedFiles files;
  private final ResultMemory memory;
  private final StateCounts counts;
  private final List<SentValue> values = new ArrayList<>();

  /// How many the results before this one have.
  private int before;

  ResultValues(SharedFiles files, ResultMemory memory, StateCounts counts) {
    this.files = files;
    this.memory = memory;
    this.counts = counts;
  }

  @Override
  public int take(Object value) {
    boolean isText = value instanceof String;
    Object array = value instanceof String text ? ValueForm.arrayOf(text) : value;
    ValueForm form = ValueForm.of(array, isText);
    Range range = memory.take(form);
    if (range == null) {
      return -1;
    }
    values.add(new SentValue(form, range));
    counts.largeValue(form.bytes());
    try {
      files.of(range).write(array, range.offset());
    } catch (IOException e) {
      throw new UncheckedIOException("the shared memory of the result cannot be written", e);
    }
    return before + values.size() - 1;
  }

  @Override
  public int count() {
    return values.size();
  }

  @Override
  public void truncate(int count) {
    if (count == values.size()) {
      return;
    }
    List<SentValue> dropped = values.subList(count, values.size());
    dropped.forEach(value -> memory.giveBack(value.memory()));
    dropped.clear();
  }

  /// Says how many values the results have that are sent before the next one, and together with it.
  void startAfter(int count) {
    before = count;
  }

  /// {@return those of the result that has just been written, whose memory is the engine's now}
  List<SentValue> taken() {
    List<SentValue> taken = List.copyOf(values);
    values.clear();
    return taken;
  }
}

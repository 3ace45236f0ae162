package argosy.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.memory.ArrayBytes;
import argosy.wire.memory.SharedFile;
import argosy.wire.memory.ValueForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Large values arrive alike, whether they travel in the graph or beside it.
class OutletTest {

  private static final class Holder {
    @Nullable Object one;
    @Nullable Object other;
  }

  /// How values travel.
  enum Way {
    IN_THE_GRAPH,
    IN_A_MESSAGE,
    IN_SHARED_MEMORY
  }

  @TempDir Path folder;
  private int taken;

  static Stream<Object> values() {
    SplittableRandom random = new SplittableRandom(3);
    byte[] bytes = new byte[100_001];
    random.nextBytes(bytes);
    boolean[] booleans = new boolean[70_000];
    Arrays.fill(booleans, 7, 60_000, true);
    char[] chars = "aä中".repeat(20_000).toCharArray();
    short[] shorts = new short[40_000];
    shorts[39_999] = -3;
    float[] floats = new float[20_000];
    floats[5] = -0.0f;
    return Stream.of(
        bytes,
        booleans,
        chars,
        shorts,
        random.ints(20_000).toArray(),
        random.longs(10_000).toArray(),
        floats,
        random.doubles(10_000).toArray(),
        new double[1 << 13],
        "latin é".repeat(20_000),
        "wide 中".repeat(20_000),
        "half a pair \ud800".repeat(20_000));
  }

  private @Nullable Object copy(@Nullable Object value, Way way) {
    taken = 0;
    if (way == Way.IN_THE_GRAPH) {
      return Copies.copy(value);
    }
    try (SharedFile file =
        SharedFile.open(Files.createFile(folder.resolve("m" + System.nanoTime())), true)) {
      Beside beside = new Beside(way == Way.IN_SHARED_MEMORY ? file : null);
      GraphWriter writer = new GraphWriter(Copies.BY_NAME, beside);
      writer.write(value);
      taken = beside.count();
      return new GraphReader(Copies.BY_NAME, beside, writer.bytes()).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // whether it is the very object
  @ParameterizedTest
  @EnumSource
  void everyKindOfValueArrives(Way way) {
    values()
        .forEach(value -> {
          Object copy = copy(value, way);
          assertThat(copy).isEqualTo(value);
          assertThat(copy instanceof String || copy != value).isTrue();
          assertThat(taken).isEqualTo(way == Way.IN_THE_GRAPH ? 0 : 1);
        });
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSharedStaysShared(Way way) {
    double[] data = new double[20_000];
    data[7] = -0.0;
    Holder holder = new Holder();
    holder.one = data;
    holder.other = List.of(data, new ArrayList<>(List.of("x".repeat(90_000), data.clone())));

    Holder copy = (Holder) Objects.requireNonNull(copy(holder, way));

    List<?> list = (List<?>) Objects.requireNonNull(copy.other);
    assertThat(list.get(0)).isSameAs(copy.one);
    assertThat(((List<?>) list.get(1)).get(1)).isEqualTo(data).isNotSameAs(copy.one);
    assertThat(Double.doubleToRawLongBits(Array.getDouble(copy.one, 7)))
        .isEqualTo(Double.doubleToRawLongBits(-0.0));
  }

  @ParameterizedTest
  @EnumSource
  void buffersKeepTheirArrays(Way way) {
    byte[] bytes = new byte[100_000];
    bytes[10] = 3;
    Holder holder = new Holder();
    holder.one = ByteBuffer.wrap(bytes).position(10);
    holder.other = ByteBuffer.allocateDirect(80_000).put(9, (byte) 4);

    Holder copy = (Holder) Objects.requireNonNull(copy(holder, way));

    assertThat(((ByteBuffer) Objects.requireNonNull(copy.one)).get()).isEqualTo((byte) 3);
    assertThat(((ByteBuffer) Objects.requireNonNull(copy.other)).get(9)).isEqualTo((byte) 4);
  }

  @Test
  void takesBackWhatWasNotWritten() {
    Beside beside = new Beside(null);
    GraphWriter writer = new GraphWriter(Copies.BY_NAME, beside);
    writer.write(new double[20_000]);
    byte[] before = writer.bytes();

    boolean isWritten =
        writer.writeWithin(1_000, () -> writer.write(List.of(new double[30_000], new byte[5_000])));

    assertThat(isWritten).isFalse();
    assertThat(beside.count()).isEqualTo(1);
    assertThat(writer.bytes()).isEqualTo(before);
  }

  /// Keeps copies of what it takes.
  private static final class Beside implements Outlet, Inlet {

    private record Kept(ValueForm form, Object array, long offset) {}

    private final @Nullable SharedFile file;
    private final List<Kept> kept = new ArrayList<>();
    private long end;

    Beside(@Nullable SharedFile file) {
      this.file = file;
    }

    @Override
    public int take(Object value) {
      boolean isText = value instanceof String;
      Object array = value instanceof String text ? ValueForm.arrayOf(text) : value;
      ValueForm form = ValueForm.of(array, isText);
      try {
        if (file != null) {
          file.write(array, end);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      kept.add(new Kept(form, ArrayBytes.copy(array), end));
      end = (end + form.bytes() + 63) / 64 * 64;
      return kept.size() - 1;
    }

    @Override
    public int count() {
      return kept.size();
    }

    @Override
    public void truncate(int count) {
      kept.subList(count, kept.size()).clear();
    }

    @Override
    public Object bring(int number) {
      Kept value = kept.get(number);
      Object array = value.form().newArray();
      try {
        if (file != null) {
          file.read(value.offset(), array);
          assertThat(file.holds(value.offset(), array)).isTrue();
        } else {
          for (long at = 0; at < value.form().bytes(); at += 1_000) {
            int count = (int) Math.min(1_000, value.form().bytes() - at);
            ArrayBytes.put(ArrayBytes.get(value.array(), at, count), array, at);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return value.form().valueOf(array);
    }
  }
}

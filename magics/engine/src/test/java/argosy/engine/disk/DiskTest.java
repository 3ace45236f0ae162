package argosy.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Cached;
import argosy.NotShippableException;
import argosy.engine.RecordingHost;
import argosy.wire.ContentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskTest {

  @TempDir Path folder;

  private long version;
  private final RecordingHost host = new RecordingHost();
  private final Disk disk = new Disk(host, _ -> new ContentId(1, version));
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void bringsValuesBack() throws IOException {
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    value.put("points", List.of(Map.entry(1, 2), Map.entry(3, 4)));
    value.put("array", new double[100_000]);
    value.put("nothing", null);
    value.put("itself", value);
    Path file = folder.resolve("a").resolve("b");

    disk.dump(value, file);

    Map<?, ?> back = (Map<?, ?>) disk.load(file);
    assertThat(back).isNotNull();
    assertThat(back.get("points")).isEqualTo(value.get("points"));
    assertThat((double[]) back.get("array")).hasSize(100_000);
    assertThat(back.containsKey("nothing")).isTrue();
    assertThat(back.get("itself")).isSameAs(back);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void bringsNothingBack() {
    disk.dump(null, folder.resolve("null"));

    assertThat(disk.load(folder.resolve("null"))).isNull();
  }

  @Test
  void leavesTheFileThatWasThereIfTheValueCannotBeWritten() throws IOException {
    Path file = folder.resolve("value");
    disk.dump("before", file);

    assertThatThrownBy(() -> disk.dump(List.of(1, Thread.currentThread()), file))
        .isInstanceOf(NotShippableException.class)
        .hasMessageStartingWith("value -> ")
        .hasMessageContaining("java.lang.Thread");
    Runnable code = () -> {};
    assertThatThrownBy(() -> disk.dump(code, file))
        .hasMessageContaining("files keep data, no code");

    assertThat(disk.load(file)).isEqualTo("before");
    assertThat(names()).containsExactly("value");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Path file = folder.resolve("value");

    assertThatThrownBy(() -> disk.load(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("there is no file " + file.toAbsolutePath());
    assertThatThrownBy(() -> disk.load(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(folder + " cannot be read: Is a directory");
    Files.writeString(file, "some text that somebody else has written");
    assertThatThrownBy(() -> disk.load(file)).hasMessageContaining("not written by Parallel.dump");
    Files.writeString(file, "");
    assertThatThrownBy(() -> disk.load(file)).hasMessageContaining("not written by Parallel.dump");
  }

  @Test
  void refusesAFileAsTheFolderOfResults() throws IOException {
    Path file = Files.writeString(folder.resolve("results"), "text");
    Function<Integer, Integer> function = x -> x + 1;

    assertThatThrownBy(() -> disk.cached(file, function))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file.toAbsolutePath() + " is a file; results are kept in a folder");
  }

  @Test
  void saysInWordsWhyAFileCannotBeWritten() throws IOException {
    Path file = folder.resolve("value");
    Files.writeString(file, "no folder");
    Path below = file.resolve("below");

    assertThatThrownBy(() -> disk.dump(1, below))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(below + " cannot be written: " + file + " is no folder");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 18, 25, 40, 60})
  void noticesEachChangedByte(int at) throws IOException {
    Path file = folder.resolve("value");
    disk.dump(List.of("some", "text", Map.entry(1, 2)), file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 4;
    Files.write(file, bytes);

    assertThatThrownBy(() -> disk.load(file)).hasMessageContaining("damaged");
  }

  @Test
  void noticesAFileThatIsTooShort() throws IOException {
    Path file = folder.resolve("value");
    disk.dump(List.of("some", "text"), file);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 6; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));

      assertThatThrownBy(() -> disk.load(file)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void noticesAnotherVersion() throws IOException {
    Path file = folder.resolve("value");
    disk.dump("text", file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[9]++;
    Files.write(file, bytes);

    assertThatThrownBy(() -> disk.load(file)).hasMessageContaining("of another version: format ");
  }

  // ---- results

  private Cached<Integer, Object> counting() {
    return disk.cached(
        folder,
        n -> {
          int _ = runs.incrementAndGet();
          return n < 0 ? Thread.currentThread() : Map.entry(n, 1);
        });
  }

  @Test
  void computesOnce() throws Exception {
    Cached<Integer, Object> f = counting();

    assertThat(f.has(3)).isFalse();
    assertThat(f.call(3)).isEqualTo(Map.entry(3, 1));
    assertThat(f.call(3)).isEqualTo(Map.entry(3, 1));
    assertThat(f.has(3)).isTrue();
    assertThat(counting().call(3)).as("another with the same results").isEqualTo(Map.entry(3, 1));
    assertThat(runs).hasValue(1);
    assertThat(f.call(4)).isEqualTo(Map.entry(4, 1));
    assertThat(runs).hasValue(2);
  }

  @Test
  void computesAgainWhatIsGoneDamagedOrOfAnotherFunction() throws Exception {
    Cached<Integer, Object> f = counting();
    Object _ = f.call(3);
    try (var files = Files.list(f.folder())) {
      for (Path file : files.toList()) {
        Files.writeString(file, "junk");
      }
    }

    assertThat(f.call(3)).isEqualTo(Map.entry(3, 1));
    assertThat(runs).as("damaged").hasValue(2);
    assertThat(f.call(3)).isEqualTo(Map.entry(3, 1));
    assertThat(runs).as("mended").hasValue(2);
    version++;
    assertThat(f.has(3)).isFalse();
    assertThat(f.call(3)).isEqualTo(Map.entry(3, 1));
    assertThat(runs).as("another function").hasValue(3);
    f.clear();
    f.clear();
    assertThat(f.has(3)).isFalse();
    version--;
    assertThat(f.has(3)).as("clear leaves what the function was before").isTrue();
  }

  @Test
  void returnsWhatCannotBeKept() throws Exception {
    assertThat(counting().call(-1)).isSameAs(Thread.currentThread());
    assertThat(counting().call(-1)).isSameAs(Thread.currentThread());
    assertThat(runs).hasValue(2);
    assertThat(host.err())
        .startsWith("Parallel.cached: a result is not kept: result -> java.lang.Thread: ");
  }

  @Test
  void returnsWhatNoFileTakes() throws Exception {
    Path file = folder.resolve("value");
    Files.writeString(file, "no folder");
    Cached<Integer, Integer> f = disk.cached(file.resolve("below"), n -> n + 1);

    assertThat(f.call(1)).isEqualTo(2);
    assertThat(host.err())
        .startsWith("Parallel.cached: a result is not kept: " + f.folder())
        .endsWith(" cannot be written: " + f.folder().getParent() + ": Not a directory\n");
  }

  @Test
  void keepsNoFailure() {
    Cached<Integer, Object> f =
        disk.cached(
            folder,
            n -> {
              int _ = runs.incrementAndGet();
              throw new IllegalStateException("no " + n);
            });

    assertThatThrownBy(() -> f.call(1)).hasMessage("no 1");
    assertThatThrownBy(() -> f.call(1)).hasMessage("no 1");
    assertThat(runs).hasValue(2);
    assertThat(f.has(1)).isFalse();
  }

  @Test
  void refusesAnInputThatIsCode() {
    Cached<Runnable, Integer> f = disk.cached(folder, _ -> 1);

    assertThatThrownBy(() -> f.call(() -> {}))
        .isInstanceOf(NotShippableException.class)
        .hasMessageStartingWith("input -> a function");
  }
}

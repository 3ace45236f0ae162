package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.engine.closure.WrittenPlace;
import argosy.engine.timeline.Bar;
import argosy.engine.timeline.Lane;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineMagicTest {

  private static final long MILLI = 1_000_000;

  @TempDir private Path folder;

  private final FakeKernel kernel = new FakeKernel();
  private final FakeWorkers workers = new FakeWorkers();
  private final WrittenPlace parse = WrittenPlace.of((Function<String, Integer>) Integer::parseInt);
  private final WrittenPlace trim = WrittenPlace.of((Function<String, String>) String::trim);
  private final long start = System.nanoTime() - 1000 * MILLI;

  @BeforeEach
  void register() {
    CommandsExtension.register(kernel, workers);
    kernel.folder = folder;
  }

  private Bar bar(int cell, WrittenPlace place, long from, long to, Bar.Ends ends) {
    return new Bar(
        "Cell [" + cell + "]",
        place,
        from,
        10,
        start + from * MILLI,
        start + to * MILLI,
        (to - from) * MILLI,
        0,
        ends,
        false);
  }

  private Bar bar(int cell, WrittenPlace place, long from, long to) {
    return bar(cell, place, from, to, Bar.Ends.NONE);
  }

  private Lane lane(int worker, Bar... bars) {
    return new Lane("processes", worker, start, start + 1000 * MILLI, List.of(bars), 0);
  }

  private Object timeline(String arguments) throws Exception {
    return Objects.requireNonNull(kernel.line("timeline", arguments));
  }

  private String html(Object timeline) {
    return String.valueOf(
        kernel.rendered(TimelineView.class, (TimelineView) timeline).get("text/html"));
  }

  @Test
  void functionsOfOneNameAreOneKind() throws Exception {
    WrittenPlace again = WrittenPlace.of((Function<String, Integer>) Integer::parseInt);
    workers.timeline =
        List.of(
            lane(
                1,
                bar(1, parse, 0, 100),
                bar(1, again, 100, 200),
                bar(1, trim, 200, 300),
                bar(1, parse, 300, 400)));

    assertThat(timeline("").toString())
        .contains("A  Integer.parseInt(String): 30 tasks", "B  String.trim(): 10 tasks");
  }

  @Test
  void showsTheLastCellInLetters() throws Exception {
    workers.timeline =
        List.of(
            lane(1, bar(1, parse, 0, 100), bar(2, parse, 200, 300), bar(2, trim, 300, 360)),
            lane(2, bar(2, parse, 200, 300, new Bar.Ends(1, 0, 0)), bar(2, trim, 350, 400)),
            lane(3));

    assertThat(timeline(""))
        .hasToString(
            """
            Cell [2]: 40 tasks in 200 ms on 3 workers, busy 52 %, waiting 48 %, 1 failed
            worker 1  AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBb............   80 %  20
            worker 2  AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!................BBBBBBBBBBBBBBBB   75 %  20
            worker 3  ................................................................    0 %  0
                      0                                                         200 ms
            A  Integer.parseInt(String): 20 tasks, 10.0 ms each
            B  String.trim(): 20 tasks, 5.50 ms each
            ! failed\
            """);
    assertThat((TimelineView) timeline("")).hasSize(4);
  }

  @Test
  void drawsEachTaskInTheColorOfItsFunctionAndWhatWentWrong() throws Exception {
    workers.timeline =
        List.of(
            lane(1, bar(2, parse, 200, 300), bar(2, trim, 300, 350, new Bar.Ends(0, 0, 1))),
            lane(2, bar(2, parse, 210, 390, new Bar.Ends(0, 2, 0))));

    String svg = html(timeline(""));

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.split("Integer.parseInt\\(String\\)\n10 tasks", -1)).hasSize(3);
    assertThat(svg)
        .contains(
            "worker 1",
            "worker 2",
            "40.0 ms</text>",
            "lost with its worker</text>",
            "cancelled or out of time</text>",
            "Integer.parseInt(String): 20 tasks")
        .doesNotContain("failed");
  }

  @Test
  void ofManyTasksAsManyAreDrawnAsCanBeSeen() throws Exception {
    Bar[] many =
        IntStream.range(0, 2000).mapToObj(i -> bar(2, parse, i, i + 1)).toArray(Bar[]::new);
    workers.timeline = IntStream.rangeClosed(1, 64).mapToObj(i -> lane(i, many)).toList();

    assertThat(html(timeline("")).split("<rect", -1)).hasSizeBetween(2000, 8000);
    assertThat(timeline("").toString())
        .contains("1,280,000 tasks in 2.00 s on 64 workers", "and 32 more workers");
  }

  @Test
  void whatRunsIsShownAsRunning() throws Exception {
    Bar running =
        new Bar(
            "Cell [3]",
            parse,
            7,
            1,
            start,
            start + 900 * MILLI,
            900 * MILLI,
            0,
            Bar.Ends.NONE,
            true);
    workers.timeline = List.of(lane(1, running));

    assertThat(timeline("").toString())
        .startsWith("Cell [3]: 0 tasks in 900 ms, 1 running on 1 worker, busy 100 %")
        .endsWith("A  Integer.parseInt(String): 1 running");
    assertThat(html(timeline(""))).contains("task 7, running", "stroke-dasharray");
  }

  @Test
  void choosesByCellAndByTime() throws Exception {
    workers.timeline = List.of(lane(1, bar(1, parse, 0, 100), bar(2, trim, 900, 1000)));

    assertThat((TimelineView) timeline("--cell 1")).extracting(Bar::cell).containsOnly("Cell [1]");
    assertThat((TimelineView) timeline("--all")).hasSize(2);
    assertThat((TimelineView) timeline("--last 1h")).hasSize(2);
    assertThat(timeline("--all").toString())
        .contains("A  Integer.parseInt(String), called in Cell [1]: 10 tasks");
    assertThat(timeline("--cell 7"))
        .hasToString("No task of Cell [7] is kept; there are tasks of Cell [1], Cell [2]");
    workers.timeline = List.of(lane(1, bar(1, parse, -9000, -8000)));
    assertThat(timeline("--last 2s")).hasToString("No task has run within the last 2s");
  }

  @Test
  void saysSoWhenNothingHasRun() throws Exception {
    assertThat(timeline("").toString()).startsWith("No task has run yet");
    assertThat(timeline("--save a.json").toString()).startsWith("No task has run yet");
    workers.timeline = List.of(lane(1));
    assertThat(timeline("--last 2s").toString()).startsWith("No task has run yet");
  }

  @Test
  void savesATraceThatOtherToolsOpen() throws Exception {
    workers.timeline =
        List.of(lane(1, bar(2, parse, 200, 300)), lane(2, bar(2, trim, 250, 300)), lane(3));

    assertThat(kernel.line("timeline", "--save out.json")).isNull();

    assertThat(kernel.out)
        .hasToString(
            "Wrote 20 tasks to out.json; open it in ui.perfetto.dev or chrome://tracing\n");
    JsonArray events =
        JsonParser.parseString(Files.readString(folder.resolve("out.json")))
            .getAsJsonObject()
            .getAsJsonArray("traceEvents");
    List<JsonObject> bars =
        events.asList().stream()
            .map(event -> event.getAsJsonObject())
            .filter(event -> event.get("ph").getAsString().equals("X"))
            .toList();
    assertThat(bars).hasSize(2);
    JsonObject second = bars.get(1);
    assertThat(second.get("name").getAsString()).isEqualTo("String.trim()");
    assertThat(second.get("tid").getAsInt()).isEqualTo(2);
    assertThat(second.get("ts").getAsDouble()).isEqualTo(50_000);
    assertThat(second.get("dur").getAsDouble()).isEqualTo(50_000);
    assertThat(events.toString()).contains("\"thread_name\"", "worker 3");
  }

  @Test
  void savesAPicture() throws Exception {
    workers.timeline = List.of(lane(1, bar(2, parse, 200, 300)));
    assertThat(kernel.line("timeline", "--save out.svg")).isNull();
    assertThat(folder.resolve("out.svg")).content().startsWith("<svg xmlns");
    assertThatThrownBy(() -> kernel.line("timeline", "--save no/out.svg"))
        .isInstanceOf(MagicFailedException.class)
        .hasMessage("there is no folder " + folder.resolve("no"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          --lats 3s         | '--lats' is not understood
          --last            | --last takes a value
          --last soon       | 'soon' is not a time such as 500ms, 30s or 10m
          --cell x          | 'x' is not the number of a cell
          --save out.png    | 'out.png' ends neither in .json, for a trace, nor in .svg, for a picture
          --last 3s --all   | only one of --cell, --last and --all can be said
          """)
  void wrongArgumentsAreSaid(String arguments, String message) {
    assertThatThrownBy(() -> timeline(arguments))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage(message);
  }

  @Test
  void timesHaveTheUnitThatSuitsThem() {
    assertThat(TimelineText.time(0)).isEqualTo("0 ns");
    assertThat(TimelineText.time(999.6)).isEqualTo("1.00 µs");
    assertThat(TimelineText.time(12_340_000)).isEqualTo("12.3 ms");
    assertThat(TimelineText.time(99_960_000_000.0)).isEqualTo("1:40 min");
    assertThat(TimelineText.time(3_720_000_000_000.0)).isEqualTo("1:02 h");
  }
}

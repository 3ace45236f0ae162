package argosy.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.extension.Setting;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RenderersTest {

  private static String text(@Nullable Object value) {
    return String.valueOf(render(value).get("text/plain"));
  }

  private static String html(Object value) {
    return (String) render(value).getOrDefault("text/html", "");
  }

  private static Map<String, Object> render(@Nullable Object value) {
    return Renderers.shared().render(value);
  }

  record Point(int x, @Nullable String label) {}

  @Test
  void valuesOfJsonGoAsTheyAre() {
    Map<String, Object> bundle = Renderers.shared().render(Map.of("a", List.of(1)), "json");
    assertThat(bundle)
        .containsEntry("application/json", Map.of("a", List.of(1)))
        .containsEntry("text/plain", "{a=[1]}");
    assertThat(Renderers.shared().render("[1]", "json")).containsEntry("application/json", "[1]");
  }

  @Nested
  class Text {

    @Test
    void isWhatTheValueSays() {
      assertThat(text(5)).isEqualTo("5");
      assertThat(text("plain")).isEqualTo("plain");
      assertThat(text(null)).isEqualTo("null");
      assertThat(text(List.of(1, List.of("a")))).isEqualTo("[1, [a]]");
      assertThat(text(new TreeMap<>(Map.of("k", List.of(2))))).isEqualTo("{k=[2]}");
    }

    @Test
    void spellsArraysOutWithTheirSize() {
      assertThat(text(new int[] {3, 1, 2})).isEqualTo("int[3] {3, 1, 2}");
      assertThat(text(new String[0])).isEqualTo("String[0] {}");
      assertThat(text(new Object[] {1, new int[] {2}, null})).isEqualTo("Object[3] {1, {2}, null}");
      assertThat(text(List.of(new int[] {1, 2}))).isEqualTo("[{1, 2}]");
    }

    @Test
    void alignsTheRowsOfAMatrix() {
      assertThat(text(new double[][] {{1.5, 22}, {333, 4}}))
          .isEqualTo("double[2][2] {\n  {  1.5, 22.0}\n  {333.0,  4.0}\n}");
      assertThat(text(new int[][] {{1}, {2, 3}, null}))
          .isEqualTo("int[3][] {\n  {1}\n  {2, 3}\n  null\n}");
      assertThat(text(new int[2][3][4])).startsWith("int[2][3][4] {");
      assertThat(text(new int[][][] {{{1}}, {{1, 2}}})).startsWith("int[2][1][] {");
      assertThat(text(new int[0][3])).isEqualTo("int[0][] {}");
    }

    @Test
    void namesWhatHasNoNameByWhatItIs() {
      assertThat(text(new Object() {})).startsWith("Object@");
      assertThat(text((Runnable) () -> {})).startsWith("Runnable@");
    }

    @Test
    void cutsLongThingsAndSaysHowMuch() {
      assertThat(text(IntStream.range(0, 1000).boxed().toList()))
          .endsWith("198, 199, … 800 more of 1000]");
      assertThat(text(new int[1000]))
          .endsWith(", … 800 more of 1000}")
          .startsWith("int[1000] {0, 0");
      assertThat(text(new int[100][2])).contains("… 70 more rows");
      assertThat(text("x".repeat(300_000)))
          .hasSizeLessThan(201_000)
          .endsWith("… (300000 characters)");
    }

    @Test
    void endsInThingsThatContainThemselves() {
      List<Object> self = new ArrayList<>();
      self.add(self);
      assertThat(text(self)).isEqualTo("[(this ArrayList)]");
      Object[] array = new Object[1];
      array[0] = array;
      assertThat(text(array)).isEqualTo("Object[1] {(this Object[])}");
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("inside", List.of(map));
      map.put("twice", List.of(self, self));
      assertThat(text(map))
          .isEqualTo(
              "{inside=[(this LinkedHashMap)], twice=[[(this ArrayList)], [(this ArrayList)]]}");
    }

    @Test
    void saysHowToSeeWhatAStreamHolds() {
      assertThat(text(Stream.of(1))).startsWith("Stream, which has not run").contains(".toList()");
      assertThat(text(IntStream.range(0, 3))).startsWith("IntStream").contains(".toArray()");
    }

    @Test
    void namesWhatHasNoTextOfItsOwn() {
      assertThat(text(new RenderersTest())).matches("RenderersTest@[0-9a-f]+");
      Runnable lambda = () -> {};
      assertThat(text(lambda)).matches("Runnable@[0-9a-f]+");
    }

    @Test
    void survivesWhatTheValueThrows() {
      Object mute =
          new Object() {
            @Override
            public String toString() {
              throw new IllegalStateException("no");
            }
          };
      assertThat(text(List.of(1, mute)))
          .contains("[1, ", "(its toString threw java.lang.IllegalStateException: no)");
    }
  }

  @Nested
  class Tables {

    @Test
    void showRecords() {
      assertThat(html(List.of(new Point(1, "<a>"), new Point(2, null))))
          .contains(
              "<th>x</th><th>label</th>",
              "<td>1</td><td>&lt;a&gt;</td>",
              "<td>2</td><td>null</td>",
              "2 rows");
      assertThat(html(new Point[] {new Point(3, "b")})).contains("<td>3</td>", "1 row<");
    }

    @Test
    void showMapsWithAllTheirKeys() {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("a", 1);
      Map<String, Object> two = new LinkedHashMap<>();
      two.put("b", 2.5);
      assertThat(html(List.of(one, two)))
          .contains("<th>a</th><th>b</th>", "<td>1</td><td></td>", "<td></td><td>2.5</td>");
    }

    @Test
    void showMatrices() {
      assertThat(html(new double[][] {{1, 2}, {3, 4}})).contains("<td>3.0</td><td>4.0</td>");
    }

    @Test
    void areCapped() {
      List<Point> many = IntStream.range(0, 5000).mapToObj(i -> new Point(i, "")).toList();
      assertThat(html(many))
          .contains("<td>99</td>", "5000 rows, the first 100 shown")
          .doesNotContain("<td>100</td>");
    }

    @Test
    void showARecordAndAMap() {
      assertThat(html(new Point(1, "<a>")))
          .contains("<th>Point</th>", "<td>x</td><td>1</td>", "<td>&lt;a&gt;</td>", "2 components");
      assertThat(html(Map.of("pi", 3.14))).contains("<td>pi</td><td>3.14</td>", "1 entry");
      Map<Integer, Integer> large = new LinkedHashMap<>();
      IntStream.range(0, 1000).forEach(i -> large.put(i, i));
      assertThat(html(large)).contains("1000 entries, the first 100 shown");
    }

    @Test
    void showRowsOfAnything() {
      assertThat(html(List.of(List.of("a", 1), List.of("b"))))
          .contains("<td>a</td><td>1</td>", "<td>b</td><td></td>", "2 rows");
      assertThat(html(new String[][] {{"x", "y"}})).contains("<td>x</td><td>y</td>", "1 row<");
      assertThat(html(new double[2][60])).contains("2 rows; 60 columns, the first 50 shown");
    }

    @Test
    void areAsLongAsTheSettingsSay() {
      Setting rows =
          Setting.all().stream()
              .filter(one -> one.name().equals("table.rows"))
              .findFirst()
              .orElseThrow();
      rows.set(2);
      try {
        assertThat(html(new int[5][1])).contains("5 rows, the first 2 shown");
      } finally {
        rows.set(rows.initial());
      }
    }

    @Test
    void areNotMadeOfAnythingElse() {
      assertThat(html(List.of(1, 2))).isEmpty();
      assertThat(html(List.of())).isEmpty();
      assertThat(html(Arrays.asList(new Point(1, ""), null))).isEmpty();
      assertThat(html(new int[] {1})).isEmpty();
    }
  }

  /// Public, as a library's classes are.
  public static class Chart {
    public int getWidth() {
      return 30;
    }

    public int getHeight() {
      return 20;
    }

    public void paint(Graphics2D graphics, int width, int height) {
      graphics.setColor(Color.RED);
      graphics.fillRect(0, 0, width, height);
    }
  }

  @Test
  void whatCanPaintIsShownAsItPaintsItself() throws IOException {
    BufferedImage image = picture(new Chart());
    assertThat(image.getWidth()).isEqualTo(30);
    assertThat(image.getHeight()).isEqualTo(20);
    assertThat(image.getRGB(15, 10)).isEqualTo(Color.RED.getRGB());
  }

  record Drawing(String toSvg) {}

  record Page(String toHTML, String more) {}

  record Formula(String toLatex) {
    public String toMarkdown() {
      return List.<String>of().getFirst();
    }
  }

  static class Sketch {
    String toHtml() {
      return "<i>sketch</i>";
    }

    @SuppressWarnings("unused") // nobody may call it
    private String toLatex() {
      return "private";
    }
  }

  static final class Finished extends Sketch {
    @Override
    protected String toHtml() {
      return "<i>finished</i>";
    }
  }

  @Test
  void suchAMethodNeedNotBePublic() {
    assertThat(render(new Sketch()))
        .containsEntry("text/html", "<i>sketch</i>")
        .doesNotContainKey("text/latex");
    assertThat(render(new Finished())).containsEntry("text/html", "<i>finished</i>");
  }

  @Test
  void whatHasAMethodForItIsShownInThatType() {
    assertThat(render(new Drawing("<svg/>"))).containsEntry("image/svg+xml", "<svg/>");
    assertThat(render(new Page("<p>", ""))).containsEntry("text/html", "<p>");
    assertThat(render(new Formula("$x$")))
        .containsEntry("text/latex", "$x$")
        .containsEntry("text/plain", "Formula[toLatex=$x$]")
        .doesNotContainKey("text/markdown");
  }

  @Test
  void treesOfJsonAreShownAsJson() {
    assertThat(render(JsonParser.parseString("{\"a\":[1]}")))
        .containsEntry("application/json", "{\"a\":[1]}");
  }

  private static BufferedImage picture(Object value) throws IOException {
    return ImageIO.read(new ByteArrayInputStream((byte[]) render(value).get("image/png")));
  }

  @Test
  void imagesBecomePng() {
    byte[] png =
        (byte[]) render(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB)).get("image/png");
    assertThat(png).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void shortNamesOfMimeTypesWork() {
    assertThat(Renderers.shared().render("<b>", "html"))
        .containsEntry("text/html", "<b>")
        .containsEntry("text/plain", "<b>");
    assertThat(Renderers.shared().render("# x", "text/markdown"))
        .containsEntry("text/markdown", "# x");
    assertThat(render(Display.render("$x$", "latex"))).containsEntry("text/latex", "$x$");
  }

  interface Shape {}

  record Circle() implements Shape {}

  static final class Special implements Shape {}

  @Test
  void theRendererOfTheClosestTypeIsUsed() {
    Renderers.shared().register(Shape.class, shape -> Map.of("text/html", "shape"));
    Renderers.shared()
        .register(Special.class, special -> Map.of("text/html", "special", "text/plain", "own"));
    assertThat(html(new Circle())).isEqualTo("shape");
    assertThat(render(new Special()))
        .containsEntry("text/html", "special")
        .containsEntry("text/plain", "own");
    Renderers.shared()
        .register(
            Circle.class,
            circle -> {
              throw new IllegalStateException("broken");
            });
    assertThat(text(new Circle()))
        .contains("Circle[]", "its renderer threw java.lang.IllegalStateException: broken");
  }
}

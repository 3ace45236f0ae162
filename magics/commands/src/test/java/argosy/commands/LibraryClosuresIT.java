package argosy.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Functions and objects of a jar that a cell has added, together with those of cells.
@Timeout(300)
class LibraryClosuresIT {

  private static final String LIBRARY =
      """
      package lib;

      import java.util.*;
      import java.util.function.*;

      public class Kit {
        public interface Named {
          default String name() { return "named " + own(); }
          private String own() { return getClass().getSimpleName(); }
          static Named of(String s) { return new Named() { public String name() { return s; } }; }
        }
        public static abstract class Template {
          protected int runs;
          protected abstract String step(int i);
          public String run(int n) { runs++; return step(n) + "/" + runs; }
        }
        public record Slot<T>(T value, Function<? super T, String> show) {
          public String shown() { return show.apply(value); }
        }
        public enum Mode { FAST { public int cost() { return 1; } }, SLOW { public int cost() { return 9; } };
          public abstract int cost(); }
        public static class Registry {
          private final Map<String, Object> held = new LinkedHashMap<>();
          public Registry add(String key, Object value) { held.put(key, value); return this; }
          public Object get(String key) { return held.get(key); }
        }
        public static class Trouble extends RuntimeException {
          public final Object about;
          public Trouble(String message, Object about) { super(message); this.about = about; }
        }
        public static <T> Function<T, String> tagging(String tag) { return x -> tag + x; }
        public static <A> Function<A, A> twice(Function<A, A> f) { return x -> f.apply(f.apply(x)); }
        public static Supplier<Object> holding(Object o) {
          return new Supplier<>() { public Object get() { return o; } };
        }
        @SafeVarargs public static <T extends Comparable<? super T>> T max(T... all) {
          return Collections.max(Arrays.asList(all));
        }
        public static <T> Comparator<T> by(Function<T, Integer> key) { return Comparator.comparing(key).reversed(); }
        public static <T> Supplier<Iterator<T>> cycling(List<T> all) {
          return () -> new Iterator<>() {
            int at;
            public boolean hasNext() { return true; }
            public T next() { return all.get(at++ % all.size()); }
          };
        }
        public static Runnable counting(int[] count) { return () -> count[0]++; }
      }
      """;

  @TempDir static Path folder;
  private static Notebook notebook;

  @BeforeAll
  static void open() throws IOException {
    Path jar = jar();
    notebook = Notebook.open(folder);
    notebook
        .run("%jars '" + jar + "'\nimport lib.Kit;\nimport static argosy.Parallel.*;")
        .showsNothing();
    notebook.run("%workers 2").shown();
    notebook
        .run(
            """
            record Point(int x, int y) implements Kit.Named {}
            class Steps extends Kit.Template { int by = 2; protected String step(int i) { return "s" + i * by; } }
            int base = 10;
            int scaled(int x) { return x * base; }
            """)
        .showsNothing();
  }

  @AfterAll
  static void close() {
    notebook.close();
  }

  private static Path jar() throws IOException {
    Path source = Files.createDirectories(folder.resolve("lib")).resolve("Kit.java");
    Files.writeString(source, LIBRARY);
    int exit =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, source.toString());
    if (exit != 0) {
      throw new IllegalStateException("the library does not compile");
    }
    Path jar = folder.resolve("kit.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> classes = Files.list(source.getParent())) {
      for (Path each : classes.filter(path -> path.toString().endsWith(".class")).toList()) {
        out.putNextEntry(new ZipEntry("lib/" + each.getFileName()));
        out.write(Files.readAllBytes(each));
      }
    }
    return jar;
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("Function<Integer, String> f = Kit.tagging(\"t\")", "f.apply(x)", "[t1, t2]"),
        Arguments.of(
            "Function<Integer, Integer> f = Kit.twice(v -> scaled(v) + 1)",
            "f.apply(x)",
            "[111, 211]"),
        Arguments.of(
            "var f = Kit.twice(Kit.twice((Integer v) -> v + base))", "f.apply(x)", "[41, 42]"),
        Arguments.of(
            "var f = Kit.holding(new Point(3, 4))",
            "((Point) f.get()).x() + (f.get() == f.get() ? x : 0)",
            "[4, 5]"),
        Arguments.of(
            "var f = new Kit.Slot<>(new Point(3, 4), p -> p.x() + base + \"!\")",
            "f.shown() + f.value().name()",
            "[13!named Point, 13!named Point]"),
        Arguments.of(
            "var f = new Kit.Registry().add(\"p\", new Point(1, 2)).add(\"g\", (IntUnaryOperator) v -> scaled(v)).add(\"m\", Kit.Mode.SLOW)",
            "((IntUnaryOperator) f.get(\"g\")).applyAsInt(((Point) f.get(\"p\")).y() + x) + ((Kit.Mode) f.get(\"m\")).cost()",
            "[39, 49]"),
        Arguments.of(
            "var f = new Steps(); f.by = 5", "f.run(x) + f.run(x)", "[s5/1s5/2, s10/1s10/2]"),
        Arguments.of(
            "Kit.Template f = new Kit.Template() { protected String step(int i) { return \"a\" + (i + base); } }",
            "f.run(x)",
            "[a11/1, a12/1]"),
        Arguments.of(
            "var f = Kit.by((Point p) -> p.x() * base)",
            "Stream.of(new Point(1, 0), new Point(x + 1, 1)).sorted(f).toList().get(0).y()",
            "[1, 1]"),
        Arguments.of(
            "var f = Kit.cycling(List.of(new Point(1, 1), new Point(2, 2))).get(); f.next()",
            "f.next().x() + f.next().x() * 10",
            "[12, 12]"),
        Arguments.of("int[] n = {5}; var f = Kit.counting(n)", "n[0] + run(f) + n[0]", "[11, 11]"),
        Arguments.of(
            "Kit.Named f = Kit.Named.of(\"lib\")",
            "f.name() + Kit.max(x, 0) + Kit.max(\"a\", \"b\")",
            "[lib1b, lib2b]"),
        Arguments.of("Function<Integer, Integer> f = Kit::max", "f.apply(x)", "[1, 2]"),
        Arguments.of(
            "var f = new EnumMap<Kit.Mode, Point>(Map.of(Kit.Mode.FAST, new Point(7, 7)))",
            "f.get(Kit.Mode.FAST).x() + Kit.Mode.FAST.cost() + x",
            "[9, 10]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void travels(String declaration, String body, String shown) {
    notebook.run("int run(Runnable r) { r.run(); return 0; }").showsNothing();
    notebook.run(declaration + ";");
    notebook.run("map(List.of(1, 2), x -> " + body + ")").shows(shown);
  }

  @Test
  void comesBackAsTheClassesThatTheCellsKnow() {
    notebook
        .run(
            "var slots = map(List.of(1, 2), x -> new Kit.Slot<>(new Point(x, base), p -> p.y() + p.name()));")
        .showsNothing();
    notebook.run("base = 20").shows("20");
    notebook
        .run(
            "slots.get(0) instanceof Kit.Slot<?>(Point(int x, int y), var show) ? x + y + slots.get(1).shown() : \"?\"")
        .shows("1110named Point");
    notebook.run("base = 10").shows("10");
    notebook.run("submit(() -> Kit.twice((Integer v) -> v + base)).get().apply(1)").shows("21");
  }

  @Test
  void anExceptionOfTheJarBringsACellsObject() {
    notebook
        .run(
            """
            String caught() {
              try {
                map(List.of(1), x -> { throw new Kit.Trouble("no", new Point(x, 2)); });
                return "nothing";
              } catch (Kit.Trouble e) {
                return e.getMessage() + ((Point) e.about).y();
              }
            }
            caught()
            """)
        .shows("no2");
  }
}

package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.interpreter.Completeness.Status;
import argosy.kernel.interpreter.Completions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class AnalysisTest {

  private static TestSession session;

  @BeforeAll
  static void open() {
    session = TestSession.open(AnalysisTest::registerMagics);
    session.run(
        "var numbers = new ArrayList<Integer>(List.of(1, 2)); class Fruit { int weight; int weigh()"
            + " { return weight; } } Fruit fruit = new Fruit(); 1 + 1");
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static void registerMagics(KernelContext kernel) {
    kernel.register(new Named("time", Magic.Kind.LINE_AND_CELL));
    kernel.register(new Named("timeline", Magic.Kind.LINE));
    kernel.register(new Named("bash", Magic.Kind.CELL, "%%bash\ncommands"));
    kernel.register(new Named("take", Magic.Kind.CELL, "%%take\none path per line"));
    kernel.register(new Named("write", Magic.Kind.CELL, "%%write path\nwhat it is to hold"));
    kernel.register(new Named("pick", Magic.Kind.LINE, "%pick fruit", List.of("apple", "pear")));
    kernel.register(new Named("run", Magic.Kind.LINE_AND_CELL, "%run code"));
    kernel.register(
        new Named(
            "fetch", Magic.Kind.LINE, "%fetch [--quiet] [--to <folder>] path...\n%fetch /add id"));
  }

  private record Named(String name, Kind kind, String usage, List<String> candidates)
      implements Magic {

    Named(String name, Kind kind) {
      this(name, kind, "usage of " + name);
    }

    Named(String name, Kind kind, String usage) {
      this(name, kind, usage, List.of());
    }

    @Override
    public String summary() {
      return "summary of " + name;
    }

    @Override
    public @Nullable Object run(MagicCall call) {
      return null;
    }
  }

  /// Completes at the `|`.
  private static Completions complete(String marked) {
    int cursor = marked.indexOf('|');
    return session.interpreter().complete(marked.replace("|", ""), cursor);
  }

  private static List<String> matches(String marked) {
    return complete(marked).matches().stream().map(Completions.Match::text).toList();
  }

  private static String inspect(String marked) {
    int cursor = marked.indexOf('|');
    return session
        .interpreter()
        .inspect(marked.replace("|", ""), cursor, 0)
        .map(bundle -> String.valueOf(bundle.get("text/plain")))
        .orElse("");
  }

  @Nested
  class Completion {

    @Test
    void knowsMembersAndVariables() {
      assertThat(matches("fruit.we|")).containsExactlyInAnyOrder("weight", "weigh()");
      assertThat(matches("numb|")).contains("numbers");
      assertThat(matches("fruit.weigh() + numbers.si|;")).contains("size()");
    }

    @Test
    void saysWhatItReplaces() {
      Completions completions = complete("int n = fruit.we| + 1;");
      assertThat(completions.start()).isEqualTo(14);
      assertThat(completions.end()).isEqualTo(16);
    }

    @Test
    void knowsWhatTheSameCellDeclares() {
      assertThat(matches("String fresh = \"x\";\nint other = 1;\nfresh.leng|"))
          .contains("length()");
      assertThat(matches("import java.util.zip.*;\nint f() { return 1; }\nfresh2.x();\nStr|"))
          .contains("String");
      assertThat(matches("int count = 5;\ncou|")).contains("count");
      assertThat(matches("int count(int x) { return x; }\ncou|")).contains("count(");
      assertThat(matches("String shout() { return \"\"; }\nshout().isEm|")).contains("isEmpty()");
      assertThat(matches("class Tree { int height; }\nvar tree = new Tree();\ntree.hei|"))
          .containsExactly("height");
      assertThat(matches("int seen = 1;\nclass Tree { int height() { return see|"))
          .contains("seen");
      assertThat(matches("void grow(String parameter) { para|")).contains("parameter");
      assertThat(matches("String first = \"\";\nvoid grow(String parameter) { first.isEm|"))
          .contains("isEmpty()");
      assertThat(matches("Runnable r = () -> { int inside = 1; ins|")).contains("inside");
      assertThat(matches("int fresh = 5;\n|")).contains("fresh", "numbers");
    }

    @Test
    void offersNoTypesThatNobodyCanName() {
      assertThat(matches("List<Str|")).contains("String").doesNotContain("StreamOpFlag");
    }

    @Test
    void knowsTypesThatAreImportedOnDemand() {
      assertThat(matches("LinkedHashM|")).contains("LinkedHashMap");
      assertThat(matches("TreeMap.Ent|")).isNotNull();
      assertThat(matches("new LinkedBlockingD|")).contains("LinkedBlockingDeque");
      assertThat(matches("Collections.unmodifiableL|")).contains("unmodifiableList(");
    }

    @Test
    void hidesTemporaryVariables() {
      session.run("numbers.size()");
      assertThat(matches("|")).doesNotContain("$1", "$2").contains("numbers");
      assertThat(matches("$|")).isEmpty();
    }

    @Test
    void knowsTheOptionsOfMagics() {
      assertThat(matches("%fetch --|")).containsExactly("--quiet", "--to");
      assertThat(matches("%fetch /a|")).contains("/add");
      assertThat(complete("List<String> jars = %fetch --q|").start()).isEqualTo(27);
    }

    @Test
    void knowsWhatAMagicItselfOffers() {
      assertThat(matches("%pick |")).containsExactly("apple", "pear");
      assertThat(matches("%pick p|")).containsExactly("pear");
      assertThat(matches("%pick /|")).isEmpty();
    }

    @Test
    void knowsJavaBehindMagicsThatTakeIt() {
      assertThat(matches("%run fruit.we|")).containsExactlyInAnyOrder("weight", "weigh()");
      assertThat(matches("%%run\nint n = 1;\nfruit.we|"))
          .containsExactlyInAnyOrder("weight", "weigh()");
    }

    @Test
    void knowsFiles(@TempDir Path folder) throws IOException {
      Files.createDirectories(folder.resolve("data/inner"));
      Files.writeString(folder.resolve("data/apples.csv"), "");
      String path = folder + "/da";
      assertThat(matches("%fetch " + path + "|")).containsExactly(path + "ta/");
      Files.writeString(folder.resolve("data/two words.csv"), "");
      assertThat(matches("%fetch " + path + "ta/t|"))
          .containsExactly("\"" + path + "ta/two words.csv\"");
      assertThat(matches("%fetch \"" + path + "ta/two w|"))
          .containsExactly(path + "ta/two words.csv");
      Files.delete(folder.resolve("data/two words.csv"));
      assertThat(matches("Files.readString(Path.of(\"" + path + "ta/|"))
          .containsExactly(path + "ta/apples.csv", path + "ta/inner/");
    }

    @Test
    void knowsWhatStandsBelowAMagic(@TempDir Path folder) throws IOException {
      Files.writeString(folder.resolve("two words.jar"), "");
      String path = folder + "/tw";
      String jar = folder + "/two words.jar";
      assertThat(matches("%%take\na.jar\n  " + path + "|")).containsExactly(jar);
      assertThat(matches("%%take\n" + folder + "/two w|")).containsExactly(jar);
      assertThat(matches("%%bash\ncat " + path + "|")).containsExactly('"' + jar + '"');
      assertThat(matches("%%write " + path + "|")).containsExactly('"' + jar + '"');
      assertThat(matches("%%write out.txt\n" + path + "|")).isEmpty();
    }

    @Test
    void knowsTheLibrariesThatWereFetchedBefore(@TempDir Path repository) throws IOException {
      for (String version : List.of("1.0", "1.1")) {
        Path library = repository.resolve("org/fruit/basket/" + version);
        Files.createDirectories(library);
        Files.writeString(library.resolve("basket-" + version + ".pom"), "");
      }
      ArgumentCompletion completion = new ArgumentCompletion(() -> repository, repository);
      Magic maven = new Named("maven", Magic.Kind.LINE, "%maven group:artifact:version");
      assertThat(texts(completion.ofMagic(maven, "or", false))).contains("org.");
      assertThat(texts(completion.ofMagic(maven, "org.fr", false))).contains("org.fruit:");
      assertThat(texts(completion.ofMagic(maven, "org.fruit:b", false)))
          .containsExactly("org.fruit:basket");
      assertThat(texts(completion.ofMagic(maven, "org.fruit:basket:", false)))
          .containsExactly("org.fruit:basket:1.0", "org.fruit:basket:1.1");
      Magic classPath =
          new Named("classpath", Magic.Kind.CELL, "%%classpath add mvn\none coordinate per line");
      assertThat(texts(completion.ofBody(classPath, "org.fruit:b", true)))
          .containsExactly("org.fruit:basket");
    }

    private static List<String> texts(List<Completions.Match> matches) {
      return matches.stream().map(Completions.Match::text).toList();
    }

    @Test
    void knowsMagics() {
      assertThat(matches("int x = 1;\n%ti|")).containsExactly("%time", "%timeline");
      assertThat(matches("%%|")).containsExactly("%%bash", "%%run", "%%take", "%%time", "%%write");
      assertThat(complete("  %ti|").start()).isEqualTo(2);
    }

    @Test
    void answersWhileACellRuns() {
      TestSession.Running cell = session.start("{ System.out.println(\"go\"); while (true) {} }");
      cell.untilItPrints("go");
      assertThat(matches("fruit.we|")).contains("weight");
      assertThat(inspect("fruit.weigh|()")).contains("weigh");
      assertThat(session.interpreter().isComplete("f(").status()).isEqualTo(Status.INCOMPLETE);
      session.interpreter().interrupt();
      cell.end().fails("Interrupted");
    }
  }

  @Nested
  class Inspected {

    @Test
    void areMethodsWithTheirDocumentation() {
      assertThat(inspect("\"x\".substr|ing(1)"))
          .contains(
              "String String.substring(int beginIndex)", "Returns a string that is a substring");
      assertThat(inspect("List.of(|")).contains("of(E e1)");
      assertThat(inspect("String.substr|ing")).contains("Returns a string that is a substring");
      assertThat(inspect("java.util.List.size(|")).contains("the number of elements");
    }

    @Test
    void showACommentOnceForAllThatHaveIt() {
      assertThat(inspect("Arrays.sort(|"))
          .contains(
              "void Arrays.sort(int[] a)\nvoid Arrays.sort(long[] a)\n",
              "    Sorts the specified array into ascending numerical order.\n");
    }

    @Test
    void areTypesAndVariables() {
      assertThat(inspect("numb|ers")).contains("numbers", "ArrayList<Integer>");
      assertThat(inspect("ArrayL|ist")).contains("ArrayList");
      assertThat(inspect("String s = Stri|ng.valueOf(3);")).contains("The String class");
      assertThat(inspect("Object o = java.util.Lis|t.of();")).contains("List<E>");
    }

    @Test
    void areOnesOwnWithTheirComments() {
      session
          .run(
              """
              /**
               * Weighs it.
               *
               * @param grams how heavy
               */
              int weighed(int grams) { return grams; }
              /// Weighs *many*.
              /// All of them.
              @Deprecated
              int weighed(List<? extends Fruit> fruits, int... more) { return 1; }
              // no documentation
              int unsaid(int x) { return x; }

              /** A basket. */
              class Basket {}
              /* no documentation */
              int bare = 1;
              """)
          .succeeds();
      assertThat(inspect("weighed|"))
          .contains("int weighed(int grams)\n    Weighs it.\n", "Weighs many. All of them.")
          .doesNotContain("heavy");
      assertThat(inspect("Bask|et")).contains("A basket.").doesNotContain("*");
      assertThat(inspect("unsaid|")).contains("unsaid").doesNotContain("documentation");
      assertThat(inspect("bar|e")).doesNotContain("documentation");
      assertThat(session.run("weighed?").io().displayed().getFirst().get("text/plain"))
          .asString()
          .contains("@param grams: how heavy");
    }

    @Test
    void haveSignaturesWithoutAnnotations() {
      session
          .run(
              """
              import java.lang.annotation.*;
              @Target(ElementType.TYPE_USE) @interface Unit { String value() default ""; }
              /// Weighs.
              int weighed(@Unit("g") Integer grams, @Unit String of) { return 2; }
              """)
          .succeeds();
      assertThat(inspect("weighed|"))
          .startsWith("int weighed(Integer grams, String of)")
          .contains("Weighs.");
    }

    @Test
    void haveReferencesThatReadWell() {
      assertThat(inspect("Integer.parseI|nt(\"1\")"))
          .contains("as determined by whether Character.digit(char, int) returns a nonnegative");
      assertThat(session.run("Math.max?").io().displayed().getFirst().get("text/plain"))
          .asString()
          .contains("@param a: an argument.", "@return the larger of a and b.");
      assertThat(session.run("List.of?").io().displayed().getFirst().get("text/plain"))
          .asString()
          .contains("@param <E>: the List's element type");
    }

    @Test
    void areMagics() {
      assertThat(inspect("%ti|me")).contains("summary of time", "usage of time");
    }

    @Test
    void areNotUnknownThings() {
      assertThat(inspect("nonsen|se")).isEmpty();
      assertThat(inspect("|")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "1 + 1@COMPLETE",
        "int x = 5@COMPLETE",
        "class A { }@COMPLETE",
        "%time f(@COMPLETE",
        "''@COMPLETE",
        "class A {@INCOMPLETE",
        "f(1,@INCOMPLETE",
        "for (int i = 0; i < 3; i++)@INCOMPLETE",
        "%%bash@INCOMPLETE",
        "int = 5;@INVALID",
        "f(1));@INVALID",
        "}@INVALID",
        "void f()@INCOMPLETE",
        "private static <T> List<T> f(T x) throws IOException, Error@INCOMPLETE",
        "void f();@COMPLETE",
        "f()@COMPLETE",
        "return f(1)@COMPLETE",
        "new StringBuilder()@COMPLETE",
        "try { f(); }@INCOMPLETE",
        "try { f(); } int x = 1;@INVALID",
        "try { f(); } finally { }@COMPLETE",
        "char c = '(';@COMPLETE",
        "String s = \"(\";@COMPLETE",
        "// open (@COMPLETE",
        "/* open@INCOMPLETE",
        "Runnable r = () ->@INCOMPLETE",
        "Runnable r = () -> {@INCOMPLETE",
        "List<List<Integer>> l@COMPLETE",
        "switch (1) { case 1 -> 2; default -> 3; }@COMPLETE",
        "switch (1) {@INCOMPLETE",
        "if (true) { } else@INCOMPLETE",
        "1 +@INCOMPLETE",
        "\"open@INVALID",
        "String s = \"\"\"@INCOMPLETE",
        "int int@INVALID",
      })
  void codeIsCompleteOrNot(String code, Status status) {
    assertThat(session.interpreter().isComplete(code).status()).isEqualTo(status);
  }

  @Test
  void incompleteCodeGoesOnDeeper() {
    assertThat(session.interpreter().isComplete("class A {\n    int f() {").indent())
        .isEqualTo("        ");
    assertThat(session.interpreter().isComplete("  f(1,").indent()).isEqualTo("  ");
  }
}

package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the compiler's message lacks for someone who misspelled a name or forgot an import.
@Timeout(120)
class HintsTest {

  private static TestSession session;

  @BeforeAll
  static void open() {
    session = TestSession.open();
    session
        .run(
            """
            int counter = 1;
            int compute(int x) { return x; }
            class Animal { void speak() {} }
            record Point(int x, int y) {}
            List<Point> points = List.of(new Point(1, 2));
            int[] numbers = {1};
            """)
        .succeeds();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "string s = \"x\";@is it String?",
        "sytem.out.println(1);@is it System?",
        "System.out.printn(1);@is it print",
        "counnter + 1@is it counter?",
        "comptue(3)@is it compute?",
        "new Animal().speek();@is it speak?",
        "Aniaml a = null;@is it Animal?",
        "{ int total = 1; int other = totl; }@is it total?",
        "\"x\".lenght()@is it length?",
        "List.of(1).ad(2)@is it add?",
        "println(5)@it is a method of IO: IO.println(…) calls it",
        "sqrt(2)@it is a method of Math: Math.sqrt(…) calls it",
        "String toString() { return null; }@outside of a class no method can have the name",
        "String toString() { return null; }@belongs into its class: class Name { … }",
        "new ArayList<String>()@is it ArrayList?",
        "int area(Pont p) { return 0; } area(null)@area(Pont) waits for class Pont [is it Point?]",
        "class Field { Pont at; int pont; } new Field()@Field waits for class Pont [is it Point?]",
        "sealed interface Lonely { }@stand in its cell, or behind it: permits A, B",
        "try { compute(1); } catch (IOException e) { }@write catch (Exception e), and e instanceof IOException tells",
        "points.stream().fliter(p -> true).toList()@is it filter?",
        "points.stream().map(p -> p.x()).mapToIn(x -> x)@is it mapToInt?",
        "points.stream().map(Point::xx)@is it x?",
        "points.stream().map(points.get(0)::equal)@is it equals?",
        "points.stream().map(p -> p.hashcode())@is it hashCode?",
        "import java.time.LocalDat;@is it LocalDate?",
        "import static java.lang.Math.sqr;@is it sqrt?",
        "import java.utils.*;@is it java.util?",
        "java.tim.LocalDate.now()@is it java.time.LocalDate?",
        "java.utl.List<String> list = null;@is it java.util.List?",
        "points.length@is it size()?",
        "numbers.size()@is it length?",
        "Map.Entri<String, Integer> entry = null;@is it Entry?",
        "class Box { Map.Entri<String, Integer> entry; }@is it Entry?",
        "class Nuts { class Nut {} } class Sack extends Nuts.Nutt {} new Sack()@is it Nut?",
        "IntStream.range(0, 3).map(this::compute)@leave this out",
      })
  void misspelledNames(String code, String hint) {
    session.run(code).fails("CompilationError").says(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "points.stream().map(p -> System.out.println(p))@gives no value (void), and one is needed",
        "points.stream().map(System.out::println)@gives no value (void), and one is needed here",
        "Callable<Integer> c = () -> System.out.println(1);@as forEach for map",
        "points.stream().map(p -> { int y = p.x(); })@a block gives its value by return",
        "Callable<Integer> c = () -> { compute(1); };@a block gives its value by return",
        "points.forEach(p -> p.x() + 1)@a value alone does nothing, and nothing takes it here",
      })
  void lambdasThatGiveAValueOrNone(String code, String hint) {
    session.run(code).fails("CompilationError").says(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "LocalDat.now()@is it LocalDate (import java.time.LocalDate;)?",
        "LocalDat day = null;@is it LocalDate (import java.time.LocalDate;)?",
        "HttpClent client = null;@is it HttpClient (import java.net.http.HttpClient;)?",
        "class Event { SimpleDateFormt f; }@is it SimpleDateFormat (import java.text.Simple",
        "Bigdecimal sum = null;@is it BigDecimal?",
        "Collectrs.toList()@is it Collectors",
      })
  void misspelledTypes(String code, String hint) {
    session.run(code).fails("CompilationError").says(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "\"x\".length@it is a method: length() calls it",
        "points.getFirst().x@it is a method: x() calls it",
        "System.out.println@it is a method: println(…) calls it",
        "Math.max@it is a method: Math.max(…) calls it",
        "var now = java.time.LocalDate .now;@it is a method: java.time.LocalDate.now(…) calls it",
        "Thread.currentThread;@it is a method: Thread.currentThread() calls it",
        "numbers.length()@it is no method: without brackets it has a value",
        "System.Out.println(1)@is it out?",
        "class Named { private int id; int getId() { return id; } } new Named().id@is it getId()?",
      })
  void membersThatAreCalledOrNot(String code, String hint) {
    session.run(code).fails("CompilationError").says(hint);
  }

  @Test
  void theLineOfAChainOfCallsIsThatOfTheWrongName() {
    session
        .run("points.stream()\n    .map(p -> p.x())\n    .fliter(x -> x > 1)\n    .toList()")
        .fails("CompilationError")
        .says("line 3", "    .fliter(x -> x > 1)\n         ^^^^^^\n", "is it filter?");
    session
        .run("points.stream()\n    .count()\n    .foo()")
        .fails("CompilationError")
        .says("line 3: long cannot be dereferenced");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "LocalDate.now()@import java.time.LocalDate; makes it known",
        "`Retention class Kept {}@import java.lang.annotation.Retention; makes it known",
        "HttpClient client = null;@import java.net.http.HttpClient; makes it known",
        "class Event { LocalDate day; }@import java.time.LocalDate; makes it known",
        "var format = new SimpleDateFormat();@import java.text.SimpleDateFormat; makes it known",
      })
  void typesThatAreNotImported(String code, String hint) {
    session.run(code.replace('`', '@')).fails("CompilationError").says(hint);
  }

  @Test
  void overridingOutsideOfAClass() {
    session.run("@Override void sing() {}").says("leave @Override out");
  }

  @Test
  void onlyAnnotationsWhereOneIsMeant() {
    session.run("@Entity class Row {}").says("class Entity").doesNotSay("makes it known");
    session.run("Entity row = null;").says("import org.w3c.dom.Entity; makes it known");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "import org.joda.time.LocalDate;@%maven group:artifact:version",
        "import org.joda.time.*;@%maven group:artifact:version",
        "import static org.hamcrest.MatcherAssert.assertThat;@%jars file.jar",
        "import shapes.Square;@which starts with package",
        "org.joda.time.LocalDate.now()@%maven group:artifact:version",
        "class Event { org.joda.time.LocalDate day; }@%maven group:artifact:version",
      })
  void packagesThatNoLibraryHas(String code, String hint) {
    session.run(code).fails("CompilationError").says("does not exist", hint);
  }

  @Test
  void aTypeOfAnImportedPackageThatIsNotPublic() {
    session
        .run("package held;\nclass Secret { int n = 1; }\nSystem.out.println(new Secret().n);")
        .fails("CompilationError")
        .says("line 3: cannot find symbol", "held.Secret is not public")
        .says("in its cell, write public in front of Secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "import kept.Secret;@Secret",
        "kept.Secret secret = null;@Secret",
        "new kept.Known(1)@Known",
        "kept.Known.count@count",
        "kept.Known.add(1, 2)@add",
        "kept.Known.Inner inner = null;@Inner",
      })
  void whatIsNotPublicInTheCellOfAPackage(String code, String name) {
    session
        .run(
            """
            package kept;
            class Secret { int n = 1; }
            public class Known {
              Known(int n) {}
              static int count;
              static int add(int a, int b) { return a + b; }
              static class Inner {}
            }
            """)
        .succeeds();
    session
        .run(code)
        .fails("CompilationError")
        .says("is not public in kept", "write public in front of " + name + ", and run that again");
  }

  @Test
  void ofWhatIsNotPublicInALibraryThereIsNothingToWrite() {
    session
        .run("java.util.JumboEnumSet<?> set = null;")
        .says("not public")
        .doesNotSay("write public");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "undeclared.inner.call()@variable undeclared",
        "int n = undeclared.inner.length;@variable undeclared",
        "undeclared.inner.more.length@variable undeclared",
        "Sytem.out.println(1);@is it System?",
        "package held;\\nclass User { int n = undeclared.inner.length; }@variable undeclared"
      })
  void whatIsInFrontOfADotIsAVariableIfItCanBeNoPackage(String code, String said) {
    session
        .run(code.replace("\\n", "\n"))
        .fails("CompilationError")
        .says("cannot find symbol\n", said)
        .doesNotSay("package");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "qwertyuiop = 5@var qwertyuiop = …; declares it",
        "String s = 'text';@A text stands in double quotes",
        "public Animal(String n) {}@a constructor stands in its class",
        "int[] a = [1, 2];@A list is written List.of(1, 2)",
        "var a = Arrays.asList([1, 2]);@an array int[] a = {1, 2}",
        "x = {'a': 1}@A map is written Map.of",
        "2 ** 3@A power is written Math.pow",
        "for (String s in List.of()) {}@A loop over elements is written for (var x : list)",
        "for i in range(3):@one that counts for (int i = 0;",
        "foreach (String s : List.of()) {}@A loop over elements is written for (var x : list)",
        "for each (var s : List.of()) {}@A loop over elements is written for (var x : list)",
        "def f(x):@A method begins with the type of what it returns",
        "if x > 3:@Braces hold what belongs together",
        "while (true):@Braces hold what belongs together",
        "import numpy as np@An import is written import java.time.LocalDate;",
        "boolean b = True;@it is written true",
        "String s = None;@it is written null",
        "bool b = true;@it is written boolean",
        "let v = 5;@a variable has its type, or var, in front",
        "function f() { return 1; }@a method has the type of what it returns in front",
        "len(\"abc\")@a text s.length()",
        "console.log(1);@System.out.println(…) prints",
        "\"abc\"[0]@a text has charAt(0)",
        "List.of(1)[0]@a list has get(0)",
        "int n = 3; n.toString()@String.valueOf(…) makes a text of it",
      })
  void whatOtherLanguagesWriteOtherwise(String code, String hint) {
    assertThat(session.run(code).text()).contains(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "System.out.println(\u201cx\u201d);@That is a quotation mark, as in printed text",
        "char c = \u2018x\u2019;@That is a quotation mark, as in printed text",
        "int x = 3 \u2013 1;@a minus is -",
        "int\u00a0x = 3;@delete it, or type a blank",
        "int x = 3;\ufeff@delete it, or type a blank",
        "String s = \"\\d+\";@A backslash in a text is written twice",
      })
  void charactersThatAreCopiedFromElsewhere(String code, String hint) {
    session.run(code).fails("SyntaxError").says(hint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (int of = 0; of < two; of++) {}",
        "for (String s : names) {}",
        "class Def { int def(int x) { return y; } }; new Def()",
        "var l = List.of(1); l.forEach(q);",
        "boolean b = two > 1 ? 1 : 2;",
      })
  void whatOtherLanguagesDoNotWriteOtherwise(String code) {
    session.run(code).doesNotSay("is written", "has the type of what it returns", "Braces");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "new Point(1, 2).getX()@is it x()?",
        "Thread.currentThread().name()@is it getName()?",
        "Thread.currentThread().daemon@is it isDaemon()?",
      })
  void accessorsThatAreCalledOtherwise(String code, String hint) {
    session.run(code).fails("CompilationError").says(hint);
  }

  @Test
  void windowsThatHaveNoScreen() {
    session
        .run("throw new java.awt.HeadlessException(\"no display\");")
        .fails("java.awt.HeadlessException")
        .says("readLine(\"name? \") asks below the cell");
  }

  @Test
  void methodsThatAreNotCalledAndLambdasWithoutAType() {
    session.run("compute").fails("CompilationError").says("it is a method: compute(…) calls it");
    session.run("() -> 5").fails("CompilationError").says("a lambda has the type of the variable");
  }

  @Test
  void namesThatADeclarationWaitsFor() {
    TestSession.Ran ran =
        session.run("int total(int[] xs) { int sum = 0; for (int x : xs) sum += x; return summ; }");
    assertThat(ran.io().err())
        .contains("total(int[]) waits for a declaration of variable summ [is it sum?]");
    session
        .run("total(new int[0])")
        .fails("UndeclaredException")
        .says("needs what no cell has declared: variable summ [is it sum?]");
    assertThat(session.run("void when() { LocalDate day = null; }").io().err())
        .contains("class LocalDate [import java.time.LocalDate; makes it known]");
    session
        .run("class Bat extends Animall {}")
        .fails("CompilationError")
        .says("cannot find class Animall; Bat can be used", "is it Animal?");
  }

  @Test
  void librariesThatAreNotThereInAnyCell() {
    session.run("import lombok.Data;").says("%maven group:artifact:version");
    session.run("@lombok.Data class Held {}").says("%maven group:artifact:version");
    session
        .run("package held;\nimport lombok.Data;\nimport lombok.Value;\n@Data class Held {}")
        .says("line 2: package lombok does not exist", "line 3: package lombok does not exist");
    assertThat(session.run("package held;\nimport a.b.C;\nimport a.b.D;\nclass E {}").text())
        .containsOnlyOnce("%maven group:artifact:version");
    session.run("package held;\nclass Kept { LocalDate day; }").says("import java.time.LocalDate;");
  }

  @Test
  void nothingIsSaidOfWhatIsLikeNothing() {
    session.run("x + qwertyuiop").fails("CompilationError").doesNotSay("is it", "import");
    session.run("counter.foo").fails("CompilationError").doesNotSay("is it", "import");
    session.run("points.foo()").fails("CompilationError").doesNotSay("is it", "import");
    session.run("import org.joda.time.LocalDate;").fails("CompilationError").doesNotSay("is it");
    session.run("Quxxx.of(1)").fails("CompilationError").doesNotSay("is it", "makes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "%import java.awt.Point@import package.Type;",
        "%AddDeps org.fruit basket 1.0@%maven group:artifact:version",
        "%%groovy@%%script program",
        "import $ivy.`org.fruit::basket:1.0`@%maven org.fruit:basket:1.0",
        "interp.load.ivy(\"org.fruit\" %% \"basket\" % \"1.0\")@%maven org.fruit:basket:1.0",
        "//DEPS org.fruit:basket:1.0\\nimport org.fruit.Basket;"
            + "@//DEPS org.fruit:basket:1.0 is a comment. To fetch a library, write: %maven org.fruit",
        "//> using dep org.fruit:basket:1.0\\nimport org.fruit.*;@%maven org.fruit:basket:1.0",
      })
  void howLibrariesComeHereThatOtherToolsFetchOtherwise(String code, String hint) {
    String written = code.replace("\\n", "\n");
    assertThat(session.run(written).text()).contains(hint);
  }

  @Test
  void howLibrariesComeHereThatKotlinFetchesByAnAnnotation() {
    session
        .run("@file:DependsOn(\"org.fruit:basket:1.0\")")
        .fails("SyntaxError")
        .says("write: %maven org.fruit:basket:1.0");
  }
}

package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Classes of packages that are in use and declared anew with another shape.
class ShapesTest {

  private final TestSession session = TestSession.open();

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void laterCellsSeeTheNewShape() {
    session.run("package p;\npublic class Point { public int x = 1; }").succeeds();
    session.run("import p.Point;\nnew Point().x").shows("1");
    session
        .run("package p;\npublic class Point { public int x = 2; public int y = 3; }")
        .showsNothing();
    session.run("var point = new Point();\npoint.x + point.y").shows("5");
    session
        .run("Point.class.getSimpleName() + ' ' + Point.class.getPackageName()")
        .shows("Point p");
    session.run("point.getClass()").shows("class p.Point");
    session.run("point.getClass().getName()").shows("p.$Shape2$Point");
    assertThat(session.interpreter().readable("class p.$Shape2$Point")).isEqualTo("class p.Point");
    session
        .run("package p;\npublic class Point { public int x = 2; public int y = 30; }")
        .succeeds();
    session.run("new Point().y").shows("30");
    session
        .run(
            "package p;\npublic class Point { public int z = 7; static class In { int i = 4; }"
                + " public int in() { return new In().i / (z - 7); } }")
        .succeeds();
    session.run("new Point().in()").fails("java.lang.ArithmeticException").says("p.Point.in");
  }

  @Test
  void methodsAndClassesOfCellsSeeIt() {
    session.run("package p;\npublic record Point(int x) {}").succeeds();
    session
        .run(
            """
            import p.Point;
            Point make(int x) { return new Point(x); }
            String show(Object o) { return o instanceof Point p ? "at " + p.x() : "no point"; }
            class Line { Point from = make(1); }
            show(make(4)) + new Line().from
            """)
        .shows("at 4Point[x=1]");
    session
        .run(
            "package p;\npublic record Point(int x, int y) { public Point(int x) { this(x, 9); } }")
        .showsNothing();
    session
        .run("show(make(4)) + make(5) + new Line().from")
        .shows("at 4Point[x=5, y=9]Point[x=1, y=9]");
  }

  @Test
  void variablesOfTheTypeAreResetAndOldObjectsNamed() {
    session.run("package p;\npublic class Point { public int x = 1; }").succeeds();
    session
        .run(
            """
            import p.Point;
            Point point = new Point();
            List<Point> points = List.of(new Point(), point);
            int number = 12;
            Supplier<Point> maker = Point::new;
            """)
        .succeeds();
    session
        .run("package p;\npublic class Point { public int x = 1; public int y; }")
        .succeeds()
        .notes(
            "point was reset, because its type Point changed its shape; run Cell [2] again",
            "points of Cell [2] holds 2 objects of Point as it was before");
    session.run("point + \" \" + number").shows("null 12");
    session
        .run("Point other = maker.get();")
        .fails("java.lang.ClassCastException")
        .says("of the class p.Point as it was before a cell declared it anew");
  }

  @Test
  void otherClassesOfPackagesSeeIt() {
    session.run("package p;\npublic class Shape { public int area() { return 1; } }").succeeds();
    session
        .run(
            "package q;\npublic class Square extends p.Shape { public String s() { return \"\" + area(); } }")
        .succeeds();
    session.run("import q.Square;\nnew Square().s()").shows("1");
    session
        .run("package p;\npublic class Shape { int size = 5; public int area() { return size; } }")
        .succeeds();
    session.run("new Square().s()").shows("5");
  }

  @Test
  void aMethodThatNoLongerCompilesIsNamed() {
    session.run("package p;\npublic class Point { public int x = 1; }").succeeds();
    session.run("import p.Point;\nint x(Point p) { return p.x; }\nx(new Point())").shows("1");
    session
        .run("package p;\npublic class Point { public int y; }")
        .succeeds()
        .notes("x(Point) of Cell [2] no longer compiles: cannot find symbol");
  }
}

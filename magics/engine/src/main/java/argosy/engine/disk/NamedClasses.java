package argosy.engine.disk;

import argosy.wire.CellNames;
import argosy.wire.codec.ClassTable;
import argosy.wire.codec.LambdaShape;
import argosy.wire.codec.UnshippableException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The classes of one graph in a file. Those of cells are named as the notebook calls them, so that
/// another session finds its own.
final class NamedClasses implements ClassTable {

  /// Where a process finds classes.
  ///
  /// @param loader finds all by their whole names
  /// @param declared gives the whole name of what the notebook's cells call so
  record Finder(ClassLoader loader, Function<String, Optional<String>> declared) {

    /// {@return one for a task on a worker, which has the classes that came with it}
    static Finder ofTask() {
      ClassLoader world = Thread.currentThread().getContextClassLoader();
      return new Finder(
          world == null ? ClassLoader.getSystemClassLoader() : world,
          name -> world instanceof CellNames names ? names.declared(name) : Optional.empty());
    }
  }

  /// A class of a cell.
  ///
  /// @param name its whole name in the session that wrote it
  /// @param shown what the notebook calls it, `$` before what is nested
  /// @param shape its fields, or the constants of an enum
  record Named(String name, String shown, String shape) {

    static Named of(Class<?> type) {
      return new Named(type.getName(), CellNames.declared(type), shapeOf(type));
    }
  }

  private final Finder finder;
  private final List<Named> named = new ArrayList<>();
  private final List<Class<?>> classes = new ArrayList<>();

  /// A table that is still empty.
  NamedClasses(Finder finder) {
    this.finder = finder;
  }

  /// Finds the classes of a file.
  ///
  /// @throws IllegalStateException if one is not there or has changed, which says what to do
  NamedClasses(Finder finder, List<Named> named) {
    this.finder = finder;
    for (Named each : named) {
      Class<?> type = find(each);
      if (!shapeOf(type).equals(each.shape())) {
        throw new IllegalStateException(
            "%s has changed since the file was written: it had %s, and has %s"
                .formatted(shown(each), each.shape(), shapeOf(type)));
      }
      this.named.add(each);
      classes.add(type);
    }
  }

  private Class<?> find(Named wanted) {
    for (String name :
        Stream.concat(finder.declared().apply(wanted.shown()).stream(), Stream.of(wanted.name()))
            .toList()) {
      try {
        return named(name);
      } catch (ClassNotFoundException | LinkageError e) {
        // says the exception below, unless there is another one
      }
    }
    throw new IllegalStateException(
        shown(wanted)
            + " is not known here; in a notebook, run the cell that declares it first; in a task,"
            + " name the class");
  }

  private static String shown(Named named) {
    return "class " + named.shown().replace('$', '.');
  }

  /// {@return the classes of cells that were written, in the order of their numbers}
  List<Named> named() {
    return List.copyOf(named);
  }

  @Override
  public int numberOf(Class<?> type) {
    if (CellNames.isOfCell(type)) {
      int known = classes.indexOf(type);
      if (known < 0) {
        known = classes.size();
        classes.add(type);
        named.add(Named.of(type));
      }
      return known;
    }
    if (isNamed(type)) {
      return BY_NAME;
    }
    throw new UnshippableException(
        "class " + type.getName(), "it was made at run time, and no file can name it");
  }

  @Override
  public Class<?> numbered(int number) {
    if (number < 0 || number >= classes.size()) {
      throw new IllegalStateException("the file is damaged: there is no class " + number);
    }
    return classes.get(number);
  }

  @Override
  public Class<?> named(String name) throws ClassNotFoundException {
    return Class.forName(name, false, finder.loader());
  }

  /// The code of a lambda is in a class that the next session compiles anew, under another name.
  @Override
  public void met(LambdaShape lambda) {
    throw new UnshippableException("a function", "files keep data, no code");
  }

  /// {@return what the bytes of an object depend on}
  private static String shapeOf(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getFields())
          .filter(Field::isEnumConstant)
          .map(Field::getName)
          .collect(Collectors.joining(", ", "(", ")"));
    }
    List<String> fields = new ArrayList<>();
    for (Class<?> each = type; CellNames.isOfCell(each); each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          fields.add(CellNames.declared(field.getType()) + " " + field.getName());
        }
      }
    }
    return fields.stream().collect(Collectors.joining(", ", "(", ")"));
  }
}

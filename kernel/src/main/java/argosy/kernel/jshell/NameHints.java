package argosy.kernel.jshell;

import argosy.kernel.cell.Identifiers;
import argosy.kernel.cell.LocalNames;
import argosy.kernel.cell.Spelling;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.MethodSnippet;

/// What someone may have meant who wrote a name that the compiler does not know: a type that is not
/// imported, or a name that is spelled otherwise. Only for the holder of the [ShellLock].
final class NameHints {

  private static final Pattern UNKNOWN =
      Pattern.compile(
          "(?:invalid method reference\\s+)?cannot find symbol\\s+symbol:\\s+"
              + "(class|variable|method|static) ([\\p{javaJavaIdentifierPart}]+).*",
          Pattern.DOTALL);
  private static final Pattern PRIVATE =
      Pattern.compile(
          "(?:[\\w.]+\\.)?([\\p{javaJavaIdentifierPart}]+) has private access in .*",
          Pattern.DOTALL);
  private static final Pattern NOT_PUBLIC =
      Pattern.compile(
          "(?<name>\\S+?)(?:\\(.*\\))? is not public in (?<owner>[^\\s;]+); cannot be accessed from"
              + " outside package");
  private static final Pattern NO_PACKAGE =
      Pattern.compile("package ([\\p{javaJavaIdentifierPart}.]+) does not exist");
  private static final Pattern IMPORTING = Pattern.compile("(?:^|[;\\n])\\s*import\\s[^;]*$");
  private static final Pattern GIVEN = Pattern.compile("\\s*=(?!=)");
  private static final Pattern OWNED =
      Pattern.compile("[\\p{javaJavaIdentifierPart}.]+\\.([\\p{javaJavaIdentifierPart}]+)");
  private static final Pattern NO_OBJECT =
      Pattern.compile(
          "non-static variable (this|super) cannot be referenced from a static context");
  private static final Pattern INDEXED =
      Pattern.compile("array required, but (?:(?<text>java\\.lang\\.String)|\\S+) found");
  private static final Pattern PRIMITIVE =
      Pattern.compile("(int|long|double|float|boolean|char|short|byte) cannot be dereferenced");
  private static final Pattern UNTYPED =
      Pattern.compile(
          "incompatible types: (?:java\\.lang\\.)?Object is not a functional interface"
              + "|(?:lambda expression|method reference) not expected here");

  private static final Pattern NEVER_THROWN =
      Pattern.compile("exception (\\S+) is never thrown in body of corresponding try statement");

  private static final Pattern SEALED =
      Pattern.compile(
          "sealed class must have subclasses|class is not allowed to extend sealed class: .*",
          Pattern.DOTALL);

  /// Whose static methods people call without their class, who come from elsewhere.
  private static final List<Class<?>> OWNERS =
      List.of(
          IO.class,
          Math.class,
          Thread.class,
          Arrays.class,
          Collections.class,
          Objects.class,
          String.class,
          Integer.class);

  private static final Pattern GIVES_NOTHING =
      Pattern.compile(
          "(?s).*(?:lower bounds: [^\n]*\\bvoid\\b|bad return type in [\\w ]+\\s+void cannot be).*");

  private static final Pattern LACKS_RETURN =
      Pattern.compile("(?s).*bad return type in lambda expression\\s+missing return value.*");

  private static final Pattern BLOCK = Pattern.compile("->\\s*\\{");

  private static final String LIBRARY =
      "if a library has it: %maven group:artifact:version fetches one, %jars file.jar adds one that"
          + " is here; if a cell has it, which starts with package: run that first";

  /// How long the name is at least of a type that nobody imports and that may be misspelled: short
  /// ones are similar to too many.
  private static final int LEAST_OF_TYPE = 5;

  private final Names names;
  private final NameSources sources;
  private final MemberHints members;

  NameHints(Names names, NameSources sources) {
    this.names = names;
    this.sources = sources;
    this.members = new MemberHints(sources);
  }

  /// {@return a line to add to a message of the compiler; empty if there is nothing to say}
  ///
  /// @param source what the message is about
  /// @param start where that starts in the source
  /// @param end where it ends
  String hint(String message, String source, int start, int end) {
    return source.startsWith(";", end - 1)
        ? hint(message, source, start, end - 1)
        : ofCode(message, source, start, end);
  }

  private String ofCode(String message, String source, int start, int end) {
    if (UNTYPED.matcher(message).lookingAt()) {
      return "a lambda has the type of the variable that it is given to, as in Runnable r = …;";
    }
    if (GIVES_NOTHING.matcher(message).matches()) {
      return "what it calls gives no value (void), and one is needed here: let it give one, or use"
          + " what needs none, as forEach for map";
    }
    if (LACKS_RETURN.matcher(message).matches()) {
      return BLOCK.matcher(source).find()
          ? "a block gives its value by return, as in x -> { …; return y; }"
          : "a value alone does nothing, and nothing takes it here; map takes one";
    }
    Matcher indexed = INDEXED.matcher(message);
    if (indexed.lookingAt()) {
      return indexed.group("text") == null
          ? "only arrays have [ ]: a list has get(0), a map get(key)"
          : "only arrays have [ ]: a text has charAt(0)";
    }
    Matcher primitive = PRIMITIVE.matcher(message);
    if (primitive.matches()) {
      String type = primitive.group(1);
      return "a value of type "
          + type
          + " is no object and has neither methods nor fields; String.valueOf(…) makes a text of it";
    }
    Matcher noObject = NO_OBJECT.matcher(message);
    if (noObject.matches()) {
      return "the methods of a notebook belong to no object: leave "
          + noObject.group(1)
          + " out, and write x -> f(x) for this::f";
    }
    Matcher neverThrown = NEVER_THROWN.matcher(message);
    if (neverThrown.matches()) {
      String type = simple(neverThrown.group(1));
      return "nothing in the try declares it. If it comes all the same, as what a task has thrown"
          + " does, write catch (Exception e), and e instanceof "
          + type
          + " tells it from others";
    }
    if (message.startsWith(CompilerMessages.OF_EVERY_OBJECT)) {
      return "one that replaces it belongs into its class: class Name { … }";
    }
    if (message.startsWith("static methods cannot be annotated with @Override")) {
      return "outside of a class there is nothing to override: leave @Override out";
    }
    if (SEALED.matcher(message).matches()) {
      return "the types that a sealed one permits stand in its cell, or behind it: permits A, B";
    }
    Matcher unknown = UNKNOWN.matcher(message);
    if (unknown.matches()) {
      String name = unknown.group(2);
      if (MemberHints.isMember(name, source, start, end)) {
        return members.hint(name, source, start, end);
      }
      String hint = hint(unknown.group(1), name, source.substring(0, start));
      boolean isGiven = start == 0 && GIVEN.matcher(source.substring(end)).lookingAt();
      return hint.isEmpty() && isGiven ? "var " + name + " = …; declares it" : hint;
    }
    Matcher hidden = PRIVATE.matcher(message);
    if (hidden.matches()) {
      return members.ofCall(hidden.group(1), source, start, end);
    }
    Matcher notPublic = NOT_PUBLIC.matcher(message);
    if (notPublic.matches()) {
      String name = notPublic.group("name");
      boolean isOfCell =
          sources.ofCells().test(name) || sources.ofCells().test(notPublic.group("owner"));
      return isOfCell ? "where it is declared, " + publicly(simple(name)) : "";
    }
    Matcher noPackage = NO_PACKAGE.matcher(message);
    return noPackage.matches()
        ? ofPackage(noPackage.group(1), source, start, end)
        : SleepingModules.advice(message).orElse("");
  }

  /// {@return the variable that the compiler takes for a package because nobody declares it, as in
  /// `text.length.foo()`; empty if it may be one}
  String variable(String message, String source, int start, int end) {
    Matcher noPackage = NO_PACKAGE.matcher(message);
    if (!noPackage.matches() || IMPORTING.matcher(source.substring(0, end)).find()) {
      return "";
    }
    String name = noPackage.group(1);
    String first = name.substring(0, (name + ".").indexOf('.'));
    String member = source.substring(start, end).replaceFirst("(?s).*\\.\\s*", "");
    boolean isExpression = !member.isEmpty() && Character.isLowerCase(member.codePointAt(0));
    return isExpression
            && source.startsWith(first, start)
            && sources.packages().get().noneMatch(known -> (known + ".").startsWith(first + "."))
        ? first
        : "";
  }

  /// What is in front of a dot may be a package, or anything else that is not known.
  private String ofPackage(String name, String source, int start, int end) {
    if (name.indexOf('.') < 0 && source.startsWith(name + ".", start)) {
      String hint = hint("variable", name, source.substring(0, start));
      if (!hint.isEmpty()) {
        return hint;
      }
    }
    String code = source.substring(start, end);
    String type = code.substring(code.lastIndexOf('.') + 1);
    String full = name + "." + type;
    List<String> types =
        Spelling.similar(full, sources.types().apply(type::equals), full.length() / 4);
    String hint = question(types.stream().limit(1).toList());
    if (hint.isEmpty()) {
      hint = spelled(name, sources.packages().get(), Math.clamp(name.length() / 8, 1, 2));
    }
    boolean isPackage =
        name.indexOf('.') > 0
            || IMPORTING.matcher(source.substring(0, end)).find()
            || source.startsWith("@", start - 1);
    return hint.isEmpty() && isPackage && !name.startsWith("java.") ? LIBRARY : hint;
  }

  /// {@return what to say of a name that is not declared; empty if there is nothing}
  ///
  /// @param kind `class`, `variable` or `method`
  /// @param before the code in front of it, which may declare it
  String hint(String kind, String name, String before) {
    Optional<String> missed = sources.missed().apply(name);
    if (missed.isPresent()) {
      return missed.get();
    }
    String foreign = ForeignNames.advice(kind, name);
    if (!foreign.isEmpty()) {
      return foreign;
    }
    Predicate<String> fits = before.endsWith("@") ? sources.unlikeAnnotation().negate() : _ -> true;
    if (!kind.equals("method")) {
      List<String> types = sources.types().apply(name::equals).filter(fits).limit(3).toList();
      if (!types.isEmpty()) {
        return types.stream()
            .map(type -> "import " + type + ";")
            .collect(Collectors.joining(" or ", "", " makes it known"));
      }
    }
    Optional<String> hidden =
        kind.equals("method") ? Optional.empty() : sources.hidden().apply(name).findFirst();
    if (hidden.isPresent()) {
      return hidden.get()
          + " is not public, and code outside of its package cannot use it"
          + (sources.ofCells().test(hidden.get()) ? ": in its cell, " + publicly(name) : "");
    }
    if (kind.equals("variable") && isMethod(name)) {
      return "it is a method: " + name + "(…) calls it";
    }
    if (kind.equals("method")) {
      for (Class<?> owner : OWNERS) {
        if (hasStatic(owner, name)) {
          String call = owner.getSimpleName() + "." + name;
          return "it is a method of " + owner.getSimpleName() + ": " + call + "(…) calls it";
        }
      }
    }
    int most = most(name, 3);
    Predicate<String> isSimilar =
        other -> !other.equals(name) && Spelling.isSimilar(name, other, most);
    List<String> types =
        kind.equals("method") ? List.of() : sources.types().apply(isSimilar).filter(fits).toList();
    Stream<String> declared = Stream.concat(names.all(), LocalNames.in(before).stream());
    Stream<String> known =
        Stream.concat(
            Stream.concat(declared, sources.imported().apply(isSimilar)),
            types.stream().filter(NameHints::isOfLanguage).map(NameHints::simple));
    String hint = spelled(name, known, most);
    return hint.isEmpty() ? ofUnimported(name, types, most) : hint;
  }

  private static String ofUnimported(String name, List<String> types, int most) {
    if (name.length() < LEAST_OF_TYPE || !Character.isUpperCase(name.codePointAt(0))) {
      return "";
    }
    List<String> similar =
        Spelling.similar(name, types.stream().map(NameHints::simple), most).stream()
            .flatMap(simple ->
                types.stream()
                    .filter(type -> simple(type).equals(simple))
                    .limit(1)
                    .map(type -> simple + " (import " + type + ";)"))
            .toList();
    return question(similar);
  }

  private static boolean isOfLanguage(String type) {
    return type.equals("java.lang." + simple(type));
  }

  private static String publicly(String name) {
    return "write public in front of " + name + ", and run that again";
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private boolean isMethod(String name) {
    return names.named(name).stream().anyMatch(MethodSnippet.class::isInstance);
  }

  /// {@return what to say of a name that a declaration uses and nobody declares; empty if there is
  /// nothing}
  String hintOf(String kind, String name, String declaration) {
    Matcher owned = OWNED.matcher(declaration);
    while (owned.find()) {
      if (owned.group(1).equals(name)) {
        return members.hint(name, owned.group(), 0, owned.group().length());
      }
    }
    boolean isAnnotation =
        Identifiers.firstUse(declaration, name).stream()
            .anyMatch(at -> declaration.startsWith("@", at - 1));
    String hint = hint(kind, name, isAnnotation ? "@" : "");
    return hint.isEmpty()
        ? spelled(
            name,
            Identifiers.in(declaration).stream()
                .filter(other -> !kind.equals("class") || startsAlike(name, other)),
            most(name, 3))
        : hint;
  }

  /// {@return whether both start with a capital, as types do, or both do not, as variables do}
  static boolean startsAlike(String name, String other) {
    return Character.isUpperCase(name.codePointAt(0))
        == Character.isUpperCase(other.codePointAt(0));
  }

  private static boolean hasStatic(Class<?> owner, String name) {
    return Stream.of(owner.getMethods())
        .anyMatch(
            method -> method.getName().equals(name) && Modifier.isStatic(method.getModifiers()));
  }

  /// {@return how many letters of a name may be wrong: one, in long names one of four; with two all
  /// would be similar}
  ///
  /// @param least how long a name is that may differ at all
  static int most(String name, int least) {
    return name.length() < least ? 0 : Math.max(1, name.length() / 4);
  }

  /// {@return the question whether one of some names is meant; empty if none is similar}
  static String spelled(String name, Stream<String> known, int most) {
    return question(Spelling.similar(name, known.filter(other -> !other.equals(name)), most));
  }

  private static String question(List<String> similar) {
    return similar.isEmpty() ? "" : "is it " + String.join(" or ", similar) + "?";
  }
}

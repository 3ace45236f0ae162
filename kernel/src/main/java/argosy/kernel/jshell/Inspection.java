package argosy.kernel.jshell;

import argosy.kernel.cell.MagicRegistry;
import argosy.kernel.extension.Magic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;

/// Says what a name means.
final class Inspection {

  private static final Pattern LAST_NAME = Pattern.compile("[\\p{javaJavaIdentifierPart}.]+\\z");

  private static final Pattern REFERENCE =
      Pattern.compile(
          "([\\p{javaJavaIdentifierPart}.]+)\\s*::\\s*([\\p{javaJavaIdentifierPart}]+)\\z");

  /// A method behind the name of a class, with or without its opening bracket.
  private static final Pattern MEMBER =
      Pattern.compile("((?:\\p{Ll}\\w*\\.)*\\p{Lu}\\w*(?:\\.\\p{Lu}\\w*)*)\\.(\\p{Ll}\\w*)\\(?\\z");

  /// A signature whose last name no `.` precedes, as that of a member has one.
  private static final Pattern DECLARED =
      Pattern.compile("(?:[^(]*[\\s>])?(\\w+)(?:\\((.*)\\).*|:.*)?");

  private final MagicRegistry magics;
  private final Shell shell;
  private final ShellLock lock;
  private final CellTexts texts;

  Inspection(MagicRegistry magics, Shell shell, ShellLock lock, CellTexts texts) {
    this.texts = texts;
    this.magics = magics;
    this.shell = shell;
    this.lock = lock;
  }

  /// {@return what is known about a subject, as `name?` asks for it; without its `%` a magic gives
  /// way to what Java calls so, as `Parallel?` does not mean `%%parallel`}
  Map<String, Object> help(String subject) {
    return ofJavaAlone(subject)
        .or(() -> ofMagic(subject).map(text -> Map.of("text/plain", text)))
        .orElseGet(() -> Map.of("text/plain", "nothing is known about " + subject));
  }

  private Optional<Map<String, Object>> ofJavaAlone(String subject) {
    if (subject.startsWith("%")) {
      return Optional.empty();
    }
    lock.lock();
    try {
      return ofJava(subject, 1);
    } finally {
      lock.unlock();
    }
  }

  /// {@return the documentation of what a Java text ends with; only for the holder of the lock}
  ///
  /// @param detail see [Javadoc#bundle]
  Optional<Map<String, Object>> ofJava(String text, int detail) {
    return ofJava(text, shell.imports(List.of()), detail);
  }

  /// {@return the documentation of what a cell up to a cursor ends with; only for the holder of the
  /// lock}
  ///
  /// @param detail see [Javadoc#bundle]
  Optional<Map<String, Object>> ofJava(CellContext context, int detail) {
    CellImports imports = shell.imports(context.imports());
    return ofJava(imports.qualify(context.input(), context.own()), imports, detail);
  }

  private Optional<Map<String, Object>> ofJava(String text, CellImports imports, int detail) {
    shell.names().importFor(text, Set.of());
    SourceCodeAnalysis analysis = shell.documentation();
    return questions(text, imports)
        .map(question -> analysis.documentation(question, question.length(), true))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .map(found -> Javadoc.bundle(found, detail, this::comment));
  }

  /// What to ask the shell until it knows something.
  private Stream<String> questions(String text, CellImports imports) {
    Matcher reference = REFERENCE.matcher(text);
    if (reference.find()) {
      String start = text.substring(0, reference.start());
      String owner = reference.group(1);
      String method = "." + reference.group(2) + "(";
      return Stream.of(start + "((" + owner + ") null)" + method, start + owner + method);
    }
    Stream<String> first = Stream.concat(Stream.of(text, text + "("), ofInstances(text));
    Matcher matcher = LAST_NAME.matcher(text);
    if (!matcher.find()) {
      return first;
    }
    // Where a value is expected, the name of a type is no value; and it need not be imported.
    String name = matcher.group();
    Stream<String> unimported =
        name.indexOf('.') < 0
            ? Stream.concat(
                Stream.of(imports.fullName(name)),
                Stream.of(name).flatMap(shell::typesNamed).limit(1))
            : Stream.of(name + "(");
    return Stream.of(first, Stream.of(name), unimported).flatMap(questions -> questions);
  }

  /// A method of instances, asked for by the name of its class.
  private static Stream<String> ofInstances(String text) {
    Matcher member = MEMBER.matcher(text);
    return member.find()
        ? Stream.of(
            text.substring(0, member.start())
                + "(("
                + member.group(1)
                + ") null)."
                + member.group(2)
                + "(")
        : Stream.empty();
  }

  /// {@return the comment in front of a declaration of the session, as its cell has it}
  ///
  /// @param signature of a method with its parameters, or of a type or variable
  private String comment(String signature) {
    Matcher declared = DECLARED.matcher(signature);
    if (!declared.matches()) {
      return "";
    }
    String types = declared.group(2) == null ? "" : types(declared.group(2));
    for (Snippet snippet : shell.names().named(declared.group(1))) {
      boolean isMeant =
          !(snippet instanceof MethodSnippet method)
              || types(method.parameterTypes()).equals(types);
      Optional<Origin> origin = shell.lines().origin(snippet);
      if (isMeant && origin.isPresent()) {
        return texts.commentBefore(origin.get().source(), origin.get().line());
      }
    }
    return "";
  }

  /// The types of parameters, without their packages, type arguments and names.
  private static String types(String parameters) {
    return Stream.of(parameters.replaceAll("<[^,]*>|<.*>|\\b\\w+\\.(?=\\w)", "").split(","))
        .map(parameter -> parameter.strip().replaceFirst("\\s.*", ""))
        .collect(Collectors.joining(","));
  }

  /// {@return the summary and usage of a magic}
  Optional<String> ofMagic(String subject) {
    String name = subject.replaceFirst("^%{0,2}", "");
    return magics.find(name).map(Inspection::describe);
  }

  private static String describe(Magic magic) {
    String prefix = magic.kind() == Magic.Kind.CELL ? "%%" : "%";
    return prefix + magic.name() + ": " + magic.summary() + "\n\n" + magic.usage();
  }
}

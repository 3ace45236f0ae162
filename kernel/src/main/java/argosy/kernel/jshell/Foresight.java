package argosy.kernel.jshell;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.jspecify.annotations.Nullable;

/// Compiles the snippets of a cell together before they are evaluated one after the other. Confined
/// to whoever holds the [ShellLock].
final class Foresight {

  /*
   * How. A snippet costs the shell four or more compilations, each of which takes milliseconds
   * however small it is. The classes in `src/main/jshell`, which are defined inside JShell's own
   * package, stand between the shell and the compiler: they compile all that a cell will need in
   * one go, and answer the shell's questions from it, as long as it asks for the very same text.
   * Everything else is still the shell's own doing, so the answers are the same.
   *
   * Where a JDK's shell has other innards, or a snippet does not fit, the shell asks the compiler
   * itself.
   */
  private static final System.Logger LOG = System.getLogger(Foresight.class.getName());
  private static final List<String> PARTS =
      List.of(
          "Inside",
          "Mentions",
          "SessionFiles",
          "SessionSymbols",
          "SessionTypes",
          "SessionTaskPool",
          "ThinImports",
          "Trial",
          "LaterTypes",
          "Compilation",
          "ForeseenTasks",
          "Foresight");
  private static final @Nullable Handles HANDLES = load();
  private static final @Nullable MethodHandle MARKDOWN = loadMarkdown();

  private final JShell shell;
  private final @Nullable Object inside;

  private record Handles(
      MethodHandle create,
      MethodHandle prepare,
      MethodHandle trust,
      MethodHandle isReady,
      MethodHandle eval,
      MethodHandle bury,
      MethodHandle renew,
      MethodHandle forget) {}

  private Foresight(JShell shell, @Nullable Object inside) {
    this.shell = shell;
    this.inside = inside;
  }

  /// {@return foresight for a shell that has evaluated nothing yet; [#none] if it cannot have any}
  static Foresight of(JShell shell) {
    return new Foresight(shell, HANDLES == null ? null : install(HANDLES, shell));
  }

  /// {@return what leaves everything to the shell}
  static Foresight none(JShell shell) {
    return new Foresight(shell, null);
  }

  /// {@return whether this foresees anything}
  boolean works() {
    return inside != null;
  }

  private static @Nullable Object install(Handles handles, JShell shell) {
    try {
      return handles.create().invoke(shell);
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.DEBUG, "this JShell compiles snippets one by one", e);
      return null;
    }
  }

  private static @Nullable Handles load() {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(JShell.class, MethodHandles.lookup());
      Map<String, Class<?>> inside = new HashMap<>();
      for (String part : PARTS) {
        inside.put(part, define(lookup, part));
      }
      return handles(lookup, Objects.requireNonNull(inside.get("Foresight")));
    } catch (IOException | ReflectiveOperationException | LinkageError | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "this JShell compiles snippets one by one", e);
      return null;
    }
  }

  /// A JDK may have a shell without this parser.
  private static @Nullable MethodHandle loadMarkdown() {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(JShell.class, MethodHandles.lookup());
      return lookup.findStatic(
          define(lookup, "Markdown"), "toHtml", MethodType.methodType(String.class, String.class));
    } catch (IOException | ReflectiveOperationException | LinkageError | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "comments in Markdown are shown as they are", e);
      return null;
    }
  }

  private static Class<?> define(MethodHandles.Lookup lookup, String name)
      throws IOException, IllegalAccessException {
    byte[] bytes = bytes("jdk/jshell/" + name);
    // Defining a class verifies it, which needs those in it.
    var members = ClassFile.of().parse(bytes).findAttribute(Attributes.nestMembers());
    if (members.isPresent()) {
      for (var member : members.get().nestMembers()) {
        lookup.defineClass(bytes(member.asInternalName()));
      }
    }
    return lookup.defineClass(bytes);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            Foresight.class.getClassLoader().getResourceAsStream(name + ".class"), name)) {
      return file.readAllBytes();
    }
  }

  private static Handles handles(MethodHandles.Lookup lookup, Class<?> inside)
      throws ReflectiveOperationException {
    return new Handles(
        lookup.findConstructor(inside, MethodType.methodType(void.class, JShell.class)),
        lookup.findVirtual(inside, "prepare", MethodType.methodType(int.class, List.class)),
        lookup.findVirtual(inside, "trust", MethodType.methodType(void.class, String.class)),
        lookup.findVirtual(inside, "isReady", MethodType.methodType(boolean.class, String.class)),
        lookup.findVirtual(inside, "eval", MethodType.methodType(List.class, String.class)),
        lookup.findVirtual(inside, "bury", MethodType.methodType(void.class, Snippet.class)),
        lookup.findVirtual(inside, "renew", MethodType.methodType(void.class, String.class)),
        lookup.findVirtual(inside, "forget", MethodType.methodType(void.class)));
  }

  /// Compiles the first of some sources together, as many as can be.
  ///
  /// @return how many; they are to be evaluated next
  int prepare(List<String> sources) {
    return HANDLES == null || inside == null
        ? 0
        : (Integer) ShellInternals.call(HANDLES.prepare(), inside, sources);
  }

  /// Spares the compiler an import of something that is known to exist.
  void trust(String declaration) {
    if (HANDLES != null && inside != null) {
      ShellInternals.call(HANDLES.trust(), inside, declaration);
    }
  }

  /// {@return whether a source has been compiled and is to be evaluated next}
  boolean isReady(String source) {
    return HANDLES != null
        && inside != null
        && (Boolean) ShellInternals.call(HANDLES.isReady(), inside, source);
  }

  /// Evaluates a source, as the shell does.
  @SuppressWarnings("unchecked")
  List<SnippetEvent> eval(String source) {
    return HANDLES == null || inside == null
        ? shell.eval(source)
        : (List<SnippetEvent>) ShellInternals.call(HANDLES.eval(), inside, source);
  }

  /// Forgets the class of a snippet that has been dropped, and that no other one can name.
  void bury(Snippet dropped) {
    if (HANDLES != null && inside != null) {
      ShellInternals.call(HANDLES.bury(), inside, dropped);
    }
  }

  /// Makes a class anew when it is declared again, even by the same code.
  void renew(String className) {
    if (HANDLES != null && inside != null) {
      ShellInternals.call(HANDLES.renew(), inside, className);
    }
  }

  /// {@return a text of Markdown as HTML, or as it is if the shell can say nothing of it}
  static String markdown(String text) {
    try {
      return MARKDOWN == null ? text : (String) ShellInternals.call(MARKDOWN, text);
    } catch (LinkageError e) {
      LOG.log(System.Logger.Level.DEBUG, "the parser of Markdown has other innards", e);
      return text;
    }
  }

  /// Gives up what has been compiled and not been evaluated.
  void forget() {
    if (HANDLES != null && inside != null) {
      ShellInternals.call(HANDLES.forget(), inside);
    }
  }
}

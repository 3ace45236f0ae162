package argosy.kernel.jshell;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Exchanges code that is already loaded. Confined to whoever holds the [ShellLock].
final class Redefinitions {

  /*
   * In place. If only bodies changed, the classes stay what they are: instances and callers run
   * the new bodies. Lambdas that the old bodies made keep the old code: their methods stay, and
   * those of the new bodies get new names (CodeMerge).
   *
   * Replaced. If the shape changed, the shell loads a wrapper of a new name instead. Variables of
   * unchanged type take their values along. What the old wrapper's methods did, the new one's do
   * from now on: the old ones forward to them; and code that reads the old wrapper's variables
   * reads the new one's. So code that nobody compiles again, such as a lambda held somewhere,
   * sees what everybody sees.
   */
  private static final System.Logger LOG = System.getLogger(Redefinitions.class.getName());
  private static final Pattern REVISION = Pattern.compile("(lambda\\$[\\w$]*?)\\$r\\d+\\b");

  private final CellLoader loader;
  private final Supplier<@Nullable Instrumentation> agent;
  private final Map<String, String> wrapperOfSnippet = new HashMap<>();

  /// The wrappers that pass, by their snippets, as long as those run or have a value.
  private final Map<String, Class<?>> kept = new HashMap<>();

  private final BrokenClasses broken = new BrokenClasses();
  private List<Replacement> replacements = new ArrayList<>();
  private int revision;

  /// A wrapper in the place of another.
  ///
  /// @param lost the variables that could not keep their values
  record Replacement(Class<?> before, Class<?> after, List<String> lost) {
    Replacement {
      lost = List.copyOf(lost);
    }
  }

  /// @param agent gives the means to redefine classes, or null if this process has none
  Redefinitions(CellLoader loader, Supplier<@Nullable Instrumentation> agent) {
    this.loader = loader;
    this.agent = agent;
  }

  static String withoutRevision(String text) {
    return REVISION.matcher(text).replaceAll("$1");
  }

  /// Tries to exchange the code of loaded classes without making new ones; all of them or none.
  ///
  /// @param recorded the new class files by name
  boolean inPlace(Map<String, byte[]> recorded) {
    Instrumentation instrumentation = agent.get();
    if (instrumentation == null) {
      return false;
    }
    revision++;
    List<ClassDefinition> definitions = new ArrayList<>();
    Map<String, byte[]> merged = new HashMap<>();
    for (Map.Entry<String, byte[]> changed : recorded.entrySet()) {
      byte @Nullable [] before = loader.recorded(changed.getKey());
      Class<?> type = find(changed.getKey());
      if (before == null
          || type == null
          || broken.has(changed.getKey())
          || !loader.mayBecome(changed.getKey(), changed.getValue())
          || initialisesOtherwise(before, changed.getValue())) {
        return false;
      }
      byte[] both = CodeMerge.merge(before, changed.getValue(), "$r" + revision);
      merged.put(changed.getKey(), both);
      definitions.add(new ClassDefinition(type, loader.woven(both)));
    }
    if (!redefine(instrumentation, definitions)) {
      return false;
    }
    merged.forEach(loader::rerecord);
    definitions.forEach(definition -> keep(definition.getDefinitionClass()));
    return true;
  }

  private static boolean redefine(
      Instrumentation instrumentation, List<ClassDefinition> definitions) {
    for (ClassDefinition definition : definitions) {
      if (SwitchSites.computesConstants(
          ClassFile.of().parse(definition.getDefinitionClassFile()))) {
        return false; // rather a new class than a virtual machine that crashes
      }
    }
    try {
      instrumentation.redefineClasses(definitions.toArray(ClassDefinition[]::new));
      return true;
    } catch (UnsupportedOperationException e) {
      LOG.log(System.Logger.Level.DEBUG, "not redefined in place: {0}", e.getMessage());
      return false;
    } catch (ClassNotFoundException | UnmodifiableClassException | LinkageError e) {
      LOG.log(System.Logger.Level.WARNING, "not redefined in place", e);
      return false;
    }
  }

  private @Nullable Class<?> find(String name) {
    try {
      return loader.find(name);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /// {@return the classes that are to be made anew when they are declared again}
  BrokenClasses broken() {
    return broken;
  }

  private static boolean initialisesOtherwise(byte[] before, byte[] after) {
    ClassModel old = ClassFile.of().parse(before);
    ClassModel changed = ClassFile.of().parse(after);
    return !CodeText.ofInitialisation(old).equals(CodeText.ofInitialisation(changed));
  }

  /// Takes note of a class that was loaded; if it is a wrapper in the place of another, moves the
  /// variables.
  void loaded(Class<?> type) {
    if (!Wrappers.isWrapper(type.getName())) {
      return;
    }
    keep(type);
    for (String id : Wrappers.snippetIds(type.getName())) {
      String name = wrapperOfSnippet.put(id, type.getName());
      Class<?> before = name == null || name.equals(type.getName()) ? null : find(name);
      if (before != null) {
        replacements.add(new Replacement(before, type, moveVariables(before, type)));
      }
    }
  }

  private static List<String> moveVariables(Class<?> before, Class<?> after) {
    Map<String, Field> targets = new HashMap<>();
    for (Field field : after.getDeclaredFields()) {
      targets.put(field.getName(), field);
    }
    List<String> lost = new ArrayList<>();
    for (Field field : before.getDeclaredFields()) {
      Field target = targets.get(field.getName());
      if (target == null || !Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
        continue;
      }
      if (target.getType() == field.getType()) {
        move(field, target);
      } else {
        lost.add(field.getName());
      }
    }
    return lost;
  }

  private static void move(Field from, Field to) {
    try {
      from.setAccessible(true);
      to.setAccessible(true);
      to.set(null, from.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot move the variable " + from.getName(), e);
    }
  }

  /// Ends what began when a snippet was given to the shell: old code is led to the new.
  ///
  /// @return the wrappers that have taken the place of others
  List<Replacement> finish() {
    List<Replacement> finished = replacements;
    replacements = new ArrayList<>();
    Instrumentation instrumentation = agent.get();
    if (instrumentation != null) {
      for (Replacement replacement : finished) {
        forward(instrumentation, replacement);
      }
    }
    return finished;
  }

  private void forward(Instrumentation instrumentation, Replacement replacement) {
    Forwarding forwarding = new Forwarding(replacement.before(), replacement.after());
    for (Map.Entry<String, byte[]> entry : loader.allRecorded().entrySet()) {
      byte @Nullable [] led = forwarding.lead(entry.getKey(), entry.getValue());
      if (led != null && becomes(instrumentation, entry.getKey(), led)) {
        loader.rerecord(entry.getKey(), led);
      }
    }
  }

  private boolean becomes(Instrumentation instrumentation, String name, byte[] recorded) {
    if (loader.hasPassed(name)) {
      return true; // it is defined so if anybody asks for it again
    }
    Class<?> type = find(name);
    return type != null
        && redefine(instrumentation, List.of(new ClassDefinition(type, loader.woven(recorded))));
  }

  /// Weaves the code anew that names a class, because of what its accesses are to ask from now on.
  void reweaveUsersOf(Class<?> named) {
    Instrumentation instrumentation = agent.get();
    if (instrumentation == null) {
      return;
    }
    for (Map.Entry<String, byte[]> entry : loader.allRecorded().entrySet()) {
      if (!entry.getKey().equals(named.getName()) && Forwarding.names(entry.getValue(), named)) {
        boolean _ = becomes(instrumentation, entry.getKey(), entry.getValue());
      }
    }
  }

  private void keep(Class<?> type) {
    if (loader.isPassing(type.getName()) && Wrappers.isWrapper(type.getName())) {
      Wrappers.snippetIds(type.getName()).forEach(id -> kept.put(id, type));
    }
  }

  /// Lets the classes go of snippets that have run and declare nothing.
  void releaseRun() {
    kept.values()
        .removeIf(type -> Stream.of(type.getDeclaredFields()).allMatch(Field::isSynthetic));
  }

  /// Lets the class of a snippet go that is no more.
  void release(String snippetId) {
    kept.remove(snippetId);
  }

  /// {@return the class in which a snippet's variables and methods live now}
  @Nullable Class<?> wrapper(String snippetId) {
    String name = wrapperOfSnippet.get(snippetId);
    return name == null ? null : find(name);
  }

  static boolean isLambda(MethodModel method) {
    int lambda = ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC;
    return (method.flags().flagsMask() & lambda) == lambda
        && method.methodName().stringValue().startsWith("lambda$");
  }
}

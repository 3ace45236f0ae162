package jdk.jshell;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.tools.javac.api.JavacTaskPool;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import javax.tools.StandardJavaFileManager;

/// The private parts of the shell that are needed. Loading the class fails on a JDK that does not
/// have them.
final class Inside {

  static final String TRIAL_CLASS = "$JShell$DOESNOTMATTER";

  private static final Field OUTER_MAP = field(JShell.class, "outerMap");
  private static final Field TASK_FACTORY = field(JShell.class, "taskFactory");
  private static final Field TREES = field(TaskFactory.AnalyzeTask.class, "cuts");
  private static final Field DIAGNOSTICS = field(TaskFactory.BaseTask.class, "diags");
  private static final Field SOURCES = field(TaskFactory.BaseTask.class, "sourceHandler");
  private static final Field FILES =
      field("jdk.jshell.TaskFactory$WrapSourceHandler", "file2Snippet");
  private static final Field TASK_POOL = field(TaskFactory.class, "javacTaskPool");
  private static final Field FILE_MANAGER = field(TaskFactory.class, "fileManager");
  private static final Field OTHER_FILES = field(MemoryFileManager.class, "stdFileManager");
  private static final Field CLASS_FILES = field(MemoryFileManager.class, "classObjects");
  private static final Field TYPE_KEYS = field(KeyMap.class, "classMap");
  private static final Field METHOD_KEYS = field(KeyMap.class, "methodMap");
  private static final Field VARIABLE_KEYS = field(KeyMap.class, "varMap");
  private static final Field FULL_TYPE = field(VarSnippet.class, "fullTypeName");
  private static final Field TEMPORARIES = field(Eval.class, "varNumber");
  private static final Method SNIPPETS = method(Eval.class, "sourceToSnippets", String.class);
  private static final Method DECLARE =
      method(Eval.class, "declare", Snippet.class, DiagList.class);
  private static final Method WRAPPED =
      method(OuterWrapMap.class, "wrappedInClass", String.class, String.class, List.class);

  private Inside() {}

  static void exchange(TaskFactory tasks, MemoryFileManager files) {
    set(FILE_MANAGER, tasks, files);
  }

  static void exchange(TaskFactory tasks, JavacTaskPool pool) {
    set(TASK_POOL, tasks, pool);
  }

  static void exchange(JShell shell, OuterWrapMap imports, TaskFactory tasks) {
    set(OUTER_MAP, shell, imports);
    set(TASK_FACTORY, shell, tasks);
  }

  static Wrap.CompoundWrap wrappedInClass(
      OuterWrapMap map, String name, String imports, List<Wrap> wraps) {
    return (Wrap.CompoundWrap) call(WRAPPED, map, name, imports, wraps);
  }

  @SuppressWarnings("unchecked")
  static List<Snippet> snippets(JShell shell, String source) {
    return (List<Snippet>) call(SNIPPETS, shell.eval, source);
  }

  @SuppressWarnings("unchecked")
  static List<SnippetEvent> declare(JShell shell, Snippet snippet) {
    return (List<SnippetEvent>) call(DECLARE, shell.eval, snippet, snippet.syntheticDiags());
  }

  static void setAnswer(
      TaskFactory.AnalyzeTask task, List<CompilationUnitTree> trees, DiagList diagnostics) {
    set(TREES, task, trees);
    setDiagnostics(task, diagnostics);
  }

  static void setDiagnostics(TaskFactory.AnalyzeTask task, DiagList diagnostics) {
    set(DIAGNOSTICS, task, diagnostics);
  }

  /// {@return the map from files to the classes that a task works on}
  @SuppressWarnings("unchecked")
  static Map<URI, OuterWrap> sources(TaskFactory.AnalyzeTask task) {
    return (Map<URI, OuterWrap>) get(FILES, get(SOURCES, task));
  }

  /// {@return what finds all files that are not in memory}
  static StandardJavaFileManager otherFiles(MemoryFileManager files) {
    return (StandardJavaFileManager) get(OTHER_FILES, files);
  }

  /// {@return the class files of the session by their names}
  @SuppressWarnings("unchecked")
  static NavigableMap<String, MemoryFileManager.OutputMemoryJavaFileObject> classFiles(
      MemoryFileManager files) {
    return (NavigableMap<String, MemoryFileManager.OutputMemoryJavaFileObject>)
        get(CLASS_FILES, files);
  }

  /// {@return the part of class files that a class of the session and those in it have}
  static NavigableMap<String, MemoryFileManager.OutputMemoryJavaFileObject> ofClass(
      NavigableMap<String, MemoryFileManager.OutputMemoryJavaFileObject> files, String name) {
    return files.subMap(name, true, name + "$" + Character.MAX_VALUE, true);
  }

  /// {@return the keys of the kind of a snippet, by name; nothing for a kind without names}
  @SuppressWarnings("unchecked")
  static Map<String, Key> keys(JShell shell, Snippet snippet) {
    return switch (snippet) {
      case TypeDeclSnippet _ -> (Map<String, Key>) get(TYPE_KEYS, shell.keyMap);
      case MethodSnippet _ -> (Map<String, Key>) get(METHOD_KEYS, shell.keyMap);
      case VarSnippet _ -> (Map<String, Key>) get(VARIABLE_KEYS, shell.keyMap);
      default -> Map.of();
    };
  }

  /// Leaves a variable the type that it was declared with.
  static void forgetFullType(VarSnippet variable) {
    set(FULL_TYPE, variable, null);
  }

  static int temporaries(JShell shell) {
    return (Integer) get(TEMPORARIES, shell.eval);
  }

  static void setTemporaries(JShell shell, int number) {
    set(TEMPORARIES, shell.eval, number);
  }

  private static Field field(String owner, String name) {
    try {
      return field(Class.forName(owner), name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no " + owner, e);
    }
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("no " + owner.getName() + "." + name, e);
    }
  }

  private static Method method(Class<?> owner, String name, Class<?>... parameters) {
    try {
      Method method = owner.getDeclaredMethod(name, parameters);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("no " + owner.getName() + "." + name, e);
    }
  }

  private static Object get(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Field field, Object owner, Object value) {
    try {
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object call(Method method, Object owner, Object... arguments) {
    try {
      return method.invoke(owner, arguments);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (InvocationTargetException e) {
      throw Inside.<RuntimeException>unchecked(e.getCause());
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable e) throws E {
    throw (E) e;
  }
}

package argosy.engine.closure;

import argosy.engine.host.Host;
import argosy.engine.host.TaskOutput;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import jdk.jshell.EvalException;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/// A session of real JShell cells inside this process, as the engine sees one: class files
/// recorded, lambdas serializable, static initializers noticed.
public final class Notebook implements AutoCloseable {

  private static final Set<Class<?>> STARTED = ConcurrentHashMap.newKeySet();

  private final CellLoader loader = new CellLoader(Notebook.class.getClassLoader());
  private final Control control = new Control();
  private final JShell shell;

  Notebook() {
    shell =
        JShell.builder()
            .executionEngine(
                new ExecutionControlProvider() {
                  @Override
                  public String name() {
                    return "argosy-test";
                  }

                  @Override
                  public ExecutionControl generate(
                      ExecutionEnv env, Map<String, String> parameters) {
                    return control;
                  }
                },
                Map.of())
            .compilerOptions("-g")
            .build();
    shell.addToClasspath(System.getProperty("java.class.path"));
    for (String imported :
        List.of(
            "java.io",
            "java.math",
            "java.util",
            "java.util.function",
            "java.util.stream",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.time",
            "java.nio.file",
            "java.util.regex",
            "java.net")) {
      shell.eval("import " + imported + ".*;");
    }
  }

  /// Drops everything but the imports.
  void forget() {
    shell.snippets().filter(snippet -> !(snippet instanceof ImportSnippet)).forEach(shell::drop);
  }

  /// Runs cells.
  ///
  /// @return the value of the last snippet
  @Nullable Object run(String... cells) {
    Object last = null;
    for (String cell : cells) {
      String rest = cell;
      while (!rest.isBlank()) {
        var completion = shell.sourceCodeAnalysis().analyzeCompletion(rest);
        String source = completion.source() == null ? rest : completion.source();
        rest = completion.source() == null ? "" : completion.remaining();
        last = snippet(source);
      }
    }
    return last;
  }

  private @Nullable Object snippet(String source) {
    control.result = null;
    control.thrown = null;
    for (SnippetEvent event : shell.eval(source)) {
      if (event.status() == Snippet.Status.REJECTED) {
        throw new IllegalArgumentException(
            source
                + "\n"
                + shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList());
      }
      if (event.exception() instanceof EvalException) {
        throw new IllegalStateException("the cell threw: " + source, control.thrown);
      }
    }
    return control.result;
  }

  Host host() {
    return new CellHost();
  }

  @Override
  public void close() {
    shell.close();
  }

  /// Keeps what snippets return and throw.
  private final class Control extends DirectExecutionControl {

    private @Nullable Object result;
    private @Nullable Throwable thrown;

    Control() {
      super(
          new LoaderDelegate() {
            @Override
            public void load(ClassBytecodes[] classes) {
              for (ClassBytecodes each : classes) {
                loader.raw.put(each.name(), each.bytecodes());
              }
            }

            @Override
            public void classesRedefined(ClassBytecodes[] classes) {}

            @Override
            public void addToClasspath(String path) {}

            @Override
            public Class<?> findClass(String name) throws ClassNotFoundException {
              return loader.loadClass(name);
            }
          });
    }

    @Override
    protected String invoke(Method body) throws Exception {
      try {
        result = body.invoke(null);
        return "";
      } catch (InvocationTargetException e) {
        thrown = e.getCause();
        throw e;
      }
    }
  }

  private static final class CellLoader extends ClassLoader {

    private final Map<String, byte[]> raw = new ConcurrentHashMap<>();

    CellLoader(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = raw.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] woven = weave(bytes);
      return defineClass(name, woven, 0, woven.length);
    }

    private byte[] weave(byte[] bytes) {
      ClassFile classFile =
          ClassFile.of(
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofClassLoading(this)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      ClassModel model = classFile.parse(bytes);
      ClassDesc self = model.thisClass().asSymbol();
      return classFile.transformClass(
          model,
          ClassTransform.transformingMethodBodies(LambdaSites.TRANSFORM)
              .andThen((builder, element) -> {
                if (element instanceof MethodModel method
                    && method.methodName().equalsString("<clinit>")) {
                  builder.transformMethod(method, MethodTransform.transformingCode(noticed(self)));
                } else {
                  builder.with(element);
                }
              }));
    }

    private static CodeTransform noticed(ClassDesc self) {
      return new CodeTransform() {
        @Override
        public void atStart(CodeBuilder builder) {
          builder
              .loadConstant(self)
              .invokestatic(
                  ClassDesc.of(Started.class.getName()),
                  "here",
                  MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Class));
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
          builder.with(element);
        }
      };
    }
  }

  /// What woven static initializers call.
  public static final class Started {

    private Started() {}

    /// Says that a static initializer is running.
    public static void here(Class<?> type) {
      STARTED.add(type);
    }
  }

  private final class CellHost implements Host {

    @Override
    public Optional<byte[]> classBytes(Class<?> type) {
      return type.getClassLoader() == loader
          ? Optional.ofNullable(loader.raw.get(type.getName()))
          : Optional.empty();
    }

    @Override
    public List<Class<?>> classesNamed(String name) {
      List<Class<?>> found = new ArrayList<>();
      if (loader.raw.containsKey(name)) {
        try {
          found.add(loader.loadClass(name));
        } catch (ClassNotFoundException e) {
          throw new IllegalStateException(e);
        }
      }
      return found;
    }

    @Override
    public boolean isInitialized(Class<?> type) {
      return STARTED.contains(type);
    }

    @Override
    public ClassLoader loader() {
      return loader;
    }

    @Override
    public List<Path> classPath() {
      return List.of();
    }

    @Override
    public void onClassPathAddition(Consumer<List<Path>> listener) {}

    @Override
    public TaskOutput output() {
      return new TaskOutput() {
        @Override
        public void stdout(String lines) {}

        @Override
        public void stderr(String lines) {}
      };
    }

    @Override
    public void onInterrupt(Runnable hook) {}

    @Override
    public void stop(Thread thread) {}

    @Override
    public Object scope() {
      return this;
    }
  }
}

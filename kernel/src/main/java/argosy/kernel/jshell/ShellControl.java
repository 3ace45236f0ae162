package argosy.kernel.jshell;

import argosy.kernel.interpreter.CellScope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/// Loads, redefines and runs what the shell has compiled. Confined to whoever holds the
/// [ShellLock], except for the user's code that it runs.
final class ShellControl extends DirectExecutionControl {

  private final CellLoader loader;
  private final SourceLines lines;
  private final Redefinitions redefinitions;
  private final ShellLock lock;
  private final Supplier<CellRun> run;
  private @Nullable JShell shell;
  private Invocation last = Invocation.NONE;
  private Set<String> touched = new HashSet<>();
  private @Nullable Program program;

  /// How a snippet's code ended.
  ///
  /// @param happened whether any code ran
  record Invocation(boolean happened, @Nullable Object value, @Nullable Throwable thrown) {
    static final Invocation NONE = new Invocation(false, null, null);
  }

  ShellControl(
      CellLoader loader,
      SourceLines lines,
      Redefinitions redefinitions,
      ShellLock lock,
      Supplier<CellRun> run) {
    this.loader = loader;
    this.lines = lines;
    this.redefinitions = redefinitions;
    this.lock = lock;
    this.run = run;
  }

  void connect(JShell connected) {
    shell = connected;
  }

  /// Forgets how the snippet before ended.
  void begin() {
    last = Invocation.NONE;
    touched = new HashSet<>();
  }

  /// Keeps bodies for a program from now on, instead of running them; runs them again if it is
  /// null.
  void keepFor(@Nullable Program program) {
    this.program = program;
  }

  /// {@return the program that bodies are kept for, or null if they run}
  @Nullable Program program() {
    return program;
  }

  Invocation last() {
    return last;
  }

  /// {@return whether a class was loaded or redefined since [#begin]}
  boolean touched(String className) {
    return touched.contains(className);
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    Map<String, byte[]> fresh = new LinkedHashMap<>();
    for (ClassBytecodes compiled : classes) {
      if (loader.recorded(compiled.name()) == null) {
        fresh.put(compiled.name(), inCell(compiled));
        installed(compiled.name());
      }
    }
    loader.announce(fresh);
    boolean[] installed = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      try {
        redefinitions.loaded(findClass(classes[i].name()));
        installed[i] = true;
      } catch (ClassNotFoundException | LinkageError e) {
        throw new ClassInstallException("cannot load " + classes[i].name() + ": " + e, installed);
      }
    }
  }

  @Override
  public void redefine(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException {
    Map<String, byte[]> recorded = new LinkedHashMap<>();
    for (ClassBytecodes changed : classes) {
      recorded.put(changed.name(), inCell(changed));
    }
    if (!redefinitions.inPlace(recorded)) {
      throw new ClassInstallException("the shape changed", new boolean[classes.length]);
    }
    for (ClassBytecodes changed : classes) {
      installed(changed.name());
    }
  }

  private void installed(String className) {
    lines.installed(className);
    touched.add(className);
  }

  private byte[] inCell(ClassBytecodes compiled) {
    JShell connected = Objects.requireNonNull(shell, "not connected");
    byte[] bytes = AnonymousClass.capturingFirst(compiled.name(), compiled.bytecodes());
    return loader.shapes().inUse(lines.inCell(connected, compiled.name(), bytes));
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return loader.find(name);
  }

  /// Runs a snippet and keeps its value or exception. The shell learns neither, so that it calls no
  /// method of either.
  @Override
  public String invoke(String className, String methodName) throws RunException, InternalException {
    if (last.thrown() != null) {
      throw new StoppedException();
    }
    Method method;
    try {
      method = findClass(className).getDeclaredMethod(methodName);
      method.setAccessible(true);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new InternalException(e.toString());
    }
    last = runUserCode(method);
    if (last.thrown() != null) {
      throw new StoppedException();
    }
    return "";
  }

  private Invocation runUserCode(Method method) {
    if (program != null) {
      return new Invocation(true, null, null);
    }
    CellRun current = run.get();
    int holds = lock.release();
    Invocation result;
    try {
      current.enterUserCode();
      CellScope.enter(current.io());
      try {
        result = new Invocation(true, method.invoke(null), null);
      } finally {
        CellScope.leave();
        current.leaveUserCode();
      }
    } catch (InvocationTargetException e) {
      result = new Invocation(true, null, Objects.requireNonNullElse(e.getCause(), e));
    } catch (IllegalAccessException | StoppedError | StackOverflowError | OutOfMemoryError e) {
      if (current.isAbandoned()) {
        throw new StoppedError();
      }
      result = new Invocation(true, null, e);
    }
    lock.takeBack(holds);
    if (result.thrown() != null) {
      redefinitions.broken().note(result.thrown());
    }
    return result;
  }

  @Override
  public String varValue(String className, String varName) {
    return "";
  }

  @Override
  public void addToClasspath(String entry) throws InternalException {
    try {
      loader.add(Path.of(entry).toUri().toURL());
    } catch (MalformedURLException e) {
      throw new InternalException("cannot search " + entry + ": " + e.getMessage());
    }
  }
}

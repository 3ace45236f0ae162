package argosy.kernel.extension;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the kernel offers to an extension. Safe from any thread unless a method says otherwise.
public interface KernelContext {

  /// Registers a magic under its name, without the `%`. A later registration replaces an earlier
  /// one.
  void register(Magic magic);

  /// {@return every magic that is registered, in the order of their names}
  List<Magic> magics();

  /// {@return the classes that cells have defined}
  CellClasses classes();

  /// {@return the class path of the cells}
  CellClassPath classPath();

  /// {@return the cell whose code the calling thread runs, or the cell that ran last if it runs
  /// none}
  CurrentCell currentCell();

  /// Makes the calling thread, and each that it starts from now on, work for a cell: what they
  /// print appears below it, and an interrupt of the cell ends them too.
  ///
  /// @param cell null for none
  void workFor(@Nullable CurrentCell cell);

  /// Makes every cell see a name, as if its import had been written first; an import or a type of
  /// the notebook's own wins over it.
  ///
  /// @param declaration such as `import argosy.*;` or `import static java.lang.Math.*;`
  void addImport(String declaration);

  /// Runs code as the running cell would: same variables, same thread, same errors, and magics
  /// wherever a cell may have them. Blocks until the code has ended. Only from the thread that runs
  /// a cell, such as inside a magic.
  ///
  /// @param firstLine the line of the cell, counted from 1, on which `code` starts, so that errors
  ///   name the lines that the user sees
  /// @return the value of the last expression, or null
  /// @throws CodeRejectedException if the code does not compile
  /// @throws Exception whatever the code threw
  @Nullable Object evaluate(String code, int firstLine) throws Exception;

  /// Runs code that does not stand in the cell, such as a file's; otherwise as the other
  /// `evaluate`.
  ///
  /// @param source what errors name instead of the cell, such as `setup.jsh`
  @Nullable Object evaluate(String code, String source) throws Exception;

  /// Compiles code as the running cell would and declares its names, but runs nothing of it: that
  /// is left to the caller, in this process or another. Magics in it run here at once. What it
  /// declares counts as [CellClasses#isElsewhere] until a cell declares it again.
  ///
  /// @param advice what follows a variable's name in the [VariableElsewhereException] that a cell
  ///   gets which accesses it here, with `{}` for the name, and up to a semicolon stands for its
  ///   value in a list of variables; empty if the caller runs the code here too, so that its
  ///   variables have values here
  /// @throws CodeRejectedException if the code does not compile; then some of its names may be
  ///   declared, but nothing of it has run
  CompiledCell compile(String code, int firstLine, String advice) throws Exception;

  /// Compiles code as [#compile] does, in a copy of the session: the notebook learns nothing of
  /// what it declares, and nobody can run it, but its classes can be looked at. Magics in it are
  /// left out, with a notice. What it declares counts as [CellClasses#isElsewhere].
  ///
  /// @throws CodeRejectedException if the code does not compile
  CompiledCell preview(String code, int firstLine) throws Exception;

  /// {@return how long the running cell's own code has run by now}
  CodeTime codeTime();

  /// {@return the value of a variable of the notebook; null too if there is no such variable}
  @Nullable Object variable(String name);

  /// {@return the variables that the notebook has declared, in the order of their declaration}
  List<CellVariable> variables();

  /// {@return what the cells of this session have left behind}
  SessionContents contents();

  /// {@return the folder in which commands start and from which magics take relative paths: the
  /// process's own, until someone changes it. The paths of Java code stay relative to the process's
  /// own, which no Java process can change}
  Path folder();

  /// Changes [#folder()].
  ///
  /// @param folder an absolute path
  void changeFolder(Path folder);

  /// Calls a hook each time the user interrupts a cell, on a thread of the kernel's own that works
  /// for that cell, and once more when the cell has ended: what it has started since is to end too.
  /// The hook must not block.
  void onInterrupt(Runnable hook);

  /// Calls a hook each time the user has taken back all that cells have declared, on the thread
  /// that runs the cell. The hook must not block.
  void onReset(Runnable hook);

  /// Makes code that the given thread runs inside cell classes end at its next stop check, as an
  /// interrupt of the cell does.
  void stop(Thread thread);

  /// Takes back a [#stop], so that what the thread runs next is not ended by it. Without effect if
  /// there was none.
  void withdrawStop(Thread thread);

  /// Shows values of a type in a MIME type of their own.
  ///
  /// @param <T> the type, whose subtypes are shown so too
  <T> void render(Class<T> type, Renderer<? super T> renderer);
}

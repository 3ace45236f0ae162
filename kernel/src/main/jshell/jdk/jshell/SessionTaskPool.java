package jdk.jshell;

import com.sun.source.util.JavacTask;
import com.sun.tools.javac.api.JavacTaskImpl;
import com.sun.tools.javac.api.JavacTaskPool;
import com.sun.tools.javac.util.Context;
import java.io.Writer;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;

/// The shell's pool of tasks of the compiler, which use [SessionSymbols] and [SessionTypes].
final class SessionTaskPool extends JavacTaskPool {

  /// As many as the shell's own: one for each list of options, and some to spare.
  private static final int MOST = 5;

  SessionTaskPool() {
    super(MOST);
  }

  @Override
  public <Z> Z getTask(
      Writer out,
      JavaFileManager files,
      DiagnosticListener<? super JavaFileObject> listener,
      Iterable<String> options,
      Iterable<String> classes,
      Iterable<? extends JavaFileObject> sources,
      Worker<Z> worker) {
    return super.getTask(
        out, files, listener, options, classes, sources, task -> with(task, worker));
  }

  private static <Z> Z with(JavacTask task, Worker<Z> worker) {
    Context context = ((JavacTaskImpl) task).getContext();
    SessionSymbols.register(context);
    SessionTypes.register(context);
    return worker.withTask(task);
  }
}

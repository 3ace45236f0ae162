package argosy.commands;

import argosy.engine.Workers;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import org.jspecify.annotations.Nullable;

/// `%threads`: shows who uses how many threads, and whether that is too many.
final class ThreadsMagic implements Magic {

  private final Workers workers;

  ThreadsMagic(Workers workers) {
    this.workers = workers;
  }

  @Override
  public String name() {
    return "threads";
  }

  @Override
  public Kind kind() {
    return Kind.LINE;
  }

  @Override
  public String summary() {
    return "Shows who uses how many threads, and whether that is too many.";
  }

  @Override
  public String usage() {
    return """
    %threads

    processors        how many the JVM may use
    common pool       the parallelism of what parallel streams run on
    threads           how many there are now, those of the JVM included
    busy              how many of them compute, within a quarter of a second
    CPU %             what all of them use of one processor, within the same time
    native limit      how many threads native libraries may start, by OMP_NUM_THREADS and the like
    native libraries  those of them that are loaded

    What the system does not tell is left out. The value is a list of the rows.\
    """;
  }

  @Override
  public @Nullable Object run(MagicCall call) throws InterruptedException {
    if (!call.words().isEmpty()) {
      throw new MagicUsageException("'" + call.words().getFirst() + "' is not understood");
    }
    return ThreadUseTable.of(workers);
  }
}

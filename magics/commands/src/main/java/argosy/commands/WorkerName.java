package argosy.commands;

/// What tables call a worker. Processes and threads are numbered each by themselves.
final class WorkerName {

  private static final long OWN_PID = ProcessHandle.current().pid();

  private WorkerName() {}

  /// {@return whether a worker is a thread of the kernel}
  ///
  /// @param pid the process it is in
  static boolean isThread(long pid) {
    return pid == OWN_PID;
  }

  /// {@return the number of a process, or a thread by its number, as messages say it}
  static String of(int number, long pid) {
    return isThread(pid) ? "thread " + number : String.valueOf(number);
  }

  /// {@return the same in the middle of a sentence}
  static String inWords(int number, long pid) {
    return isThread(pid) ? "thread " + number : "worker " + number;
  }
}

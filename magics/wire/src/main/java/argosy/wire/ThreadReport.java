package argosy.wire;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashSet;
import java.util.Set;

/// What the threads of this process are doing, as text for the eye: those that run the user's code,
/// with what they wait for and who has it. Threads of the JVM and of Argosy are left out.
public final class ThreadReport {

  /// Nobody reads more of it.
  private static final int MAX_LENGTH = 200_000;

  private static final String OURS = "argosy/";
  private static final String ENTRY = "argosy.worker.";

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final StringBuilder text = new StringBuilder();
  private final Set<Long> housekeepers = housekeepers();
  private int leftOut;

  private ThreadReport() {}

  /// {@return the report of this moment}
  ///
  /// @param first comes first, even if it is one of ours: the thread that runs tasks
  public static String startingWith(Thread first) {
    return new ThreadReport().report(first);
  }

  private String report(Thread first) {
    ThreadInfo[] all = threads.dumpAllThreads(true, false);
    for (ThreadInfo thread : all) {
      if (thread.getThreadId() == first.getId()) {
        add(thread);
      }
    }
    for (ThreadInfo thread : all) {
      if (thread.getThreadId() != first.getId()) {
        if (isOfTheUser(thread)) {
          add(thread);
        } else {
          leftOut++;
        }
      }
    }
    addDeadlock();
    text.append(leftOut).append(" threads of the JVM and of Argosy are left out\n");
    return text.length() <= MAX_LENGTH ? text.toString() : text.substring(0, MAX_LENGTH) + "…\n";
  }

  private boolean isOfTheUser(ThreadInfo thread) {
    return !thread.getThreadName().startsWith(OURS)
        && !housekeepers.contains(thread.getThreadId())
        && thread.getThreadId() != Thread.currentThread().getId();
  }

  private static Set<Long> housekeepers() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] all = new Thread[2 * root.activeCount() + 16];
    int count = root.enumerate(all);
    Set<Long> found = new HashSet<>();
    for (int i = 0; i < count; i++) {
      ThreadGroup group = all[i].getThreadGroup();
      if (group != null && (group.equals(root) || group.getName().equals("InnocuousThreadGroup"))) {
        found.add(all[i].getId());
      }
    }
    return found;
  }

  private void add(ThreadInfo thread) {
    text.append('"').append(thread.getThreadName()).append("\" ");
    text.append(thread.getThreadState());
    if (thread.isInNative()) {
      text.append(" in native code");
    }
    if (thread.getLockName() != null) {
      text.append(", waits for ").append(thread.getLockName());
    }
    if (thread.getLockOwnerName() != null) {
      text.append(", which \"").append(thread.getLockOwnerName()).append("\" has");
    }
    text.append('\n');
    StackTraceElement[] frames = thread.getStackTrace();
    int end = frames.length;
    while (end > 0 && frames[end - 1].getClassName().startsWith(ENTRY)) {
      end--;
    }
    for (int i = 0; i < end; i++) {
      text.append("    at ").append(frames[i]).append('\n');
      for (var monitor : thread.getLockedMonitors()) {
        if (monitor.getLockedStackDepth() == i) {
          text.append("    - has locked ").append(monitor).append('\n');
        }
      }
    }
  }

  private void addDeadlock() {
    long[] dead = threads.findDeadlockedThreads();
    if (dead == null) {
      return;
    }
    text.append("These threads wait for each other for ever:");
    for (ThreadInfo thread : threads.getThreadInfo(dead)) {
      if (thread != null) {
        text.append(" \"").append(thread.getThreadName()).append('"');
      }
    }
    text.append('\n');
  }
}

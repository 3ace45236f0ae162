package argosy.commands;

import argosy.engine.pool.MachineMemory;
import argosy.engine.pool.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Says when there are to be far more workers than a machine has use or room for.
final class Crowd {

  /// More for each processor spend their time on waiting for it.
  private static final int FOR_EACH_PROCESSOR = 16;

  /// What a worker's process occupies that has run a little.
  private static final long PROCESS_BYTES = 60_000_000;

  private Crowd() {}

  /// {@return why so many workers cannot be, or nothing if they can: where their memory runs out,
  /// the machine ends whatever it likes}
  static String refusal(WorkerSettings wanted) {
    return refusal(wanted, MachineMemory.totalBytes());
  }

  /// @param machineBytes how much memory there is for all processes
  static String refusal(WorkerSettings wanted, long machineBytes) {
    long bytes = wanted.count() * PROCESS_BYTES;
    return wanted.backend().equals("processes") && bytes > machineBytes
        ? String.format(
            Locale.ROOT,
            "%,d workers would occupy about %,.0f GB without a task, and this machine has %,.0f GB;"
                + " %%workers auto starts one for each processor",
            wanted.count(),
            bytes / 1e9,
            machineBytes / 1e9)
        : "";
  }

  /// {@return what is to be expected of workers that may occupy no more memory than this, or
  /// nothing if they can work}
  static String tightness(WorkerSettings wanted) {
    long limit = wanted.memoryBytes();
    return limit > 0 && limit < PROCESS_BYTES
        ? String.format(
            Locale.ROOT,
            "--memory %s: a worker occupies about %s before it has run anything, so each is replaced"
                + " after every task",
            WorkerTable.bytes(limit),
            WorkerTable.bytes(PROCESS_BYTES))
        : "";
  }

  /// {@return what is to be expected of so many workers here, or nothing if there is room for them}
  static String warning(WorkerSettings wanted) {
    return warning(wanted, Runtime.getRuntime().availableProcessors(), MachineMemory.totalBytes());
  }

  /// @param machineBytes how much memory there is for all processes
  static String warning(WorkerSettings wanted, int processors, long machineBytes) {
    List<String> reasons = new ArrayList<>();
    int count = wanted.count();
    if (count > (long) FOR_EACH_PROCESSOR * processors && !wanted.backend().equals("sequential")) {
      reasons.add(
          processors == 1
              ? "they take turns on one processor"
              : String.format(Locale.ROOT, "they take turns on %,d processors", processors));
    }
    long bytes = count * PROCESS_BYTES;
    if (wanted.backend().equals("processes") && bytes > machineBytes / 2) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "without a task they occupy about %.0f GB of the %.0f GB of this machine",
              bytes / 1e9,
              machineBytes / 1e9));
    }
    return reasons.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%,d workers: ", count)
            + String.join(", and ", reasons)
            + "; %workers auto starts one for each processor";
  }
}

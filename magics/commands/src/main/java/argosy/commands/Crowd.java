package argosy.commands;

import argosy.engine.Capacity;
import argosy.engine.pool.MachineMemory;
import argosy.engine.pool.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Says when there are to be far more workers than a machine has use or room for.
final class Crowd {

  /// More for each processor spend their time on waiting for it.
  private static final int FOR_EACH_PROCESSOR = 16;

  private static final String ADVICE = "; %workers auto starts one for each processor";

  private Crowd() {}

  /// {@return why so many workers cannot be, and how many can, or nothing if they can}
  static String refusal(WorkerSettings wanted) {
    String reason = Capacity.here().refusal(wanted.backend(), wanted.count());
    return reason.isEmpty() ? "" : reason + ADVICE;
  }

  /// {@return what is to be expected of workers that may occupy no more memory than this, or
  /// nothing if they can work}
  static String tightness(WorkerSettings wanted) {
    long limit = wanted.memoryBytes();
    return limit > 0 && limit < Capacity.PROCESS_BYTES
        ? String.format(
            Locale.ROOT,
            "--memory %s: a worker occupies about %s before it has run anything, so each is replaced"
                + " after every task",
            WorkerTable.bytes(limit),
            WorkerTable.bytes(Capacity.PROCESS_BYTES))
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
    long bytes = count * Capacity.PROCESS_BYTES;
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
            + ADVICE;
  }
}

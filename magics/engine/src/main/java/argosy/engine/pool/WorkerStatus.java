package argosy.engine.pool;

/// One worker as `%workers` shows it.
///
/// @param number counts from 1 and is never used again
/// @param pid the process id, or this process's for threads
/// @param state `starting`, `idle`, `busy`, or `stopped` by a signal
/// @param tasksDone how many tasks ended here
/// @param residentBytes the memory that the process occupies, or -1 if unknown
/// @param java the version of its Java
public record WorkerStatus(
    int number, long pid, String state, long tasksDone, long residentBytes, String java) {}

package argosy.engine.pool;

/// What the threads of one worker are doing.
///
/// @param worker its number
/// @param pid its process
/// @param state as in [WorkerStatus]
/// @param text their stacks, or why there are none
public record WorkerThreads(int worker, long pid, String state, String text) {}

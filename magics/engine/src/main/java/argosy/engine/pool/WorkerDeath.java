package argosy.engine.pool;

import java.time.Instant;

/// A worker that is no more, though nobody asked it to go.
///
/// @param number the worker's, as in [WorkerStatus]
/// @param pid the process that it was, or -1 if it never came to be one
/// @param time when this process noticed
/// @param tasksDone how many tasks ended there
/// @param reason why, in one line
public record WorkerDeath(int number, long pid, Instant time, long tasksDone, String reason) {}

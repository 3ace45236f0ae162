package argosy.engine.pool;

import java.nio.MappedByteBuffer;
import java.util.List;

/// A worker process that has connected and shown its token, and waits for work.
///
/// @param options with which its JVM was started
/// @param data tasks and results
/// @param control cancellation
/// @param progress where it tells which task it runs
record StartedWorker(
    WorkerProcess process,
    List<String> options,
    Rendezvous.Visitor data,
    Rendezvous.Visitor control,
    MappedByteBuffer progress) {}

package argosy.engine.threads;

/// What a process used within a moment.
///
/// @param threads how many it had, those of its JVM included
/// @param busy how many of them computed for at least half of the time
/// @param percent the time of all of them, of that of one processor
public record CpuUse(int threads, int busy, int percent) {}

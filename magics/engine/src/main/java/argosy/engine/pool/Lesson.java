package argosy.engine.pool;

import java.util.function.Function;

/// Something that runs on every worker, those that start later included, so that all know the same.
///
/// @param call runs it
/// @param leavesState whether code may change what it leaves behind
/// @param failure what a call threw that ended so, in a line for the user
public record Lesson(RemoteCall call, boolean leavesState, Function<CallEnd, String> failure) {}

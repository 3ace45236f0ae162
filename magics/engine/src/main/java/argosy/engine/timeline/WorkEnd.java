package argosy.engine.timeline;

/// How a call, or several in one, ended.
///
/// @param count how many have run
/// @param failures how many of them did not return
/// @param nanos how long they ran, all together
/// @param isStopped whether they were cancelled, or their time was up
public record WorkEnd(int count, int failures, long nanos, boolean isStopped) {}

package argosy.engine.timeline;

import argosy.engine.closure.WrittenPlace;
import org.jspecify.annotations.Nullable;

/// A call that a worker was sent, or several in one.
///
/// @param scope where it was asked for, as [argosy.engine.host.Host#scope] told it
/// @param place where its function is written, or null if nobody knows
/// @param number that of the first
/// @param count how many it is
/// @param since when the worker was sent it, on the clock of `System.nanoTime`
public record Work(
    Object scope, @Nullable WrittenPlace place, long number, int count, long since) {}

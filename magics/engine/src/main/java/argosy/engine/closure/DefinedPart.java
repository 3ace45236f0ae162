package argosy.engine.closure;

import argosy.wire.PartUse;
import argosy.wire.Payload;

/// A part of a closure's state, ready to be sent.
///
/// @param use how the closure refers to it
/// @param bytes the graph
public record DefinedPart(PartUse use, Payload bytes) {}

/// Object graphs to bytes and back, alike on both ends.
///
/// In: any objects, as a [GraphWriter] meets them, and a [ClassTable] that says how their classes
/// are named. Out: bytes from which a [GraphReader] with a matching table builds an isomorphic
/// graph, or an [UnshippableException] that names the path to what cannot travel.
///
/// A writer or reader is confined to its caller; a graph too deep for the caller's stack is written
/// or read on a thread of its own, for which the caller waits. How each kind of class travels is
/// decided in one place, [Codings].
@NullMarked
package argosy.wire.codec;

import org.jspecify.annotations.NullMarked;

/// What two Argosy processes say to each other.
///
/// In: values, closures and classes as the engine captured them. Out: messages, framed bytes, and
/// the Kryo codec that both ends share. Everything here is immutable or confined to its caller; no
/// threads run here.
///
/// Compiles to Java 17, because the executors of a cluster may run nothing newer.
@NullMarked
package argosy.wire;

import org.jspecify.annotations.NullMarked;

/// What two Argosy processes say to each other.
///
/// In: values, closures and classes as the engine captured them. Out: messages, framed bytes, and
/// the Kryo codec that both ends share. Large arrays and strings leave the object graphs (an
/// [argosy.wire.codec.Outlet] takes them out, an [argosy.wire.codec.Inlet] brings them back) and
/// travel beside the frames, in shared memory where both processes have some. Everything here is
/// immutable or confined to its caller; no threads run here.
///
/// Compiles to Java 17, because the executors of a cluster may run nothing newer.
@NullMarked
package argosy.wire;

import org.jspecify.annotations.NullMarked;

/// What the engine needs from the process that it lives in.
///
/// In a notebook the kernel answers, in a plain `main` the class path does: [Host] is the port
/// between them, so that the engine knows nothing of Jupyter. Implementations are called from any
/// thread.
@NullMarked
package argosy.engine.host;

import org.jspecify.annotations.NullMarked;

/// Messages between cells and what runs in the browser: Jupyter's comms.
///
/// In: what cells send through a [Comm], and what the browser sends, from [argosy.kernel.jupyter].
/// Out: the same, on the other side. Widgets are made of this; so can be anything else that has a
/// part in the browser.
///
/// Safe from any thread. Handlers run one after the other on a thread of their own, also while a
/// cell runs; what they print appears where the sender wants it.
@NullMarked
package argosy.kernel.comm;

import org.jspecify.annotations.NullMarked;

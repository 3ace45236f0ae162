/// Memory that two processes share, as one of them names it to the other.
///
/// In: primitive arrays too large to copy through a socket. Out: the same numbers in another
/// process, copied once into shared memory and once out of it. No threads live here: a long copy
/// has some for as long as it takes. A file may be used by several as long as they touch different
/// ranges.
@NullMarked
package argosy.wire.memory;

import org.jspecify.annotations.NullMarked;

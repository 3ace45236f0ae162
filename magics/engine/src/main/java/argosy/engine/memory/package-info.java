/// Shared memory of this process, which workers map.
///
/// In: requests for room. Out: [SharedMemory.Lease]s of files that live in memory and have no name,
/// so that the operating system frees them with the process, however it dies. Safe from any thread.
@NullMarked
package argosy.engine.memory;

import org.jspecify.annotations.NullMarked;

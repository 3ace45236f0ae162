/// Shared memory of this process, which workers map.
///
/// In: requests for room, large values to be handed over. Out: [SharedMemory.Lease]s of files that
/// live in memory and have no name, so that the operating system frees them with the process,
/// however it dies; [StoredValue]s, to each content one number; [ReturnedValues] of results. Safe
/// from any thread.
@NullMarked
package argosy.engine.memory;

import org.jspecify.annotations.NullMarked;

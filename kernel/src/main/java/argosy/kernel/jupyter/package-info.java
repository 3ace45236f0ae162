/// The Jupyter protocol: requests of clients in, replies and output out.
///
/// In: frames on five ZMQ sockets, and cells' output from whatever thread writes it. Out: code to
/// [argosy.kernel.interpreter.Interpreter], answers and output as signed messages. The only package
/// that knows basekernel, ZMQ and the protocol's JSON; basekernel's connection and comms are
/// extended here, and nothing of its loops, handlers and streams is used.
///
/// Threads, all daemons:
///
/// ```
///                     +-- argosy/shell ----> RequestDesk --+--> ExecutionQueue --> argosy/cells
/// argosy/sockets -----+                          ^         |          runs one cell at a time
///  owns all sockets   +-- argosy/control --------+         +--> Interpreter: complete, inspect...
///        ^               (and stdin replies)                    also while a cell runs
///        |
///     Session <--- replies, status, output of any thread (argosy/output sends batches)
/// ```
///
/// `argosy/sockets` reads and writes every socket, echoes heartbeats and runs no other code, so
/// that no cell can stop it. Who has something to say encodes and signs it on its own thread and
/// leaves the frames in a queue; the order of what one thread says is kept across channels.
/// `argosy/language` starts the language and ends; `argosy/end` ends the process if a shutdown
/// takes too long.
@NullMarked
package argosy.kernel.jupyter;

import org.jspecify.annotations.NullMarked;

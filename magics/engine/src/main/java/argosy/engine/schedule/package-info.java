/// Which task runs where, and when: a pure state machine.
///
/// In: events, each a method of [Schedule] that says what happened and at what time. Out:
/// [Instruction]s, which the caller carries out in their order. Sockets, processes, threads and
/// clocks sit outside, so that a test can drive a thousand workers through a million events.
///
/// No thread runs here and no lock is taken: a schedule is guarded by its caller.
@NullMarked
package argosy.engine.schedule;

import org.jspecify.annotations.NullMarked;

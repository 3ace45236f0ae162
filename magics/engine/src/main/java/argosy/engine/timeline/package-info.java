/// What workers did when: [Timeline] is the record that `%timeline` draws.
///
/// In: each call that a worker was sent, and how it ended. Out: the [Lane] of each worker, with its
/// bars. Written by whichever thread sends calls or hears of their ends, read by any.
@NullMarked
package argosy.engine.timeline;

import org.jspecify.annotations.NullMarked;

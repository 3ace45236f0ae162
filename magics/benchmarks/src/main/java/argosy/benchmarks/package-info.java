/// How long things take, measured with JMH: `magics/benchmarks/jmh`.
///
/// In: nothing but the machine. Out: a table, with the physical floor of the same run beside each
/// figure of Argosy's. JMH runs each benchmark in a process of its own, which starts and ends its
/// workers.
@NullMarked
package argosy.benchmarks;

import org.jspecify.annotations.NullMarked;

package argosy.benchmarks;

import org.openjdk.jmh.annotations.Fork;

/// A benchmark in whose process an engine can work: it has the options of the JVM that an engine
/// needs, whatever else the benchmark itself asks of its process.
@Fork(
    jvmArgsAppend = {
      "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
      "--enable-native-access=ALL-UNNAMED"
    })
public abstract class EngineBenchmark {}

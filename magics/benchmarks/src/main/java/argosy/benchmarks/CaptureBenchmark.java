package argosy.benchmarks;

import argosy.engine.closure.Capture;
import argosy.engine.host.ClassPathHost;
import argosy.engine.host.Host;
import argosy.engine.host.TaskOutput;
import argosy.engine.memory.ValueStore;
import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.ClosureDefinition;
import argosy.wire.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A typical closure, captured: three methods, five variables, two classes, 10 kB of values.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class CaptureBenchmark extends EngineBenchmark {

  @SuppressWarnings("NullAway.Init") // by JMH, in start()
  private Host host;

  private final ValueStore store = new ValueStore(null);

  @SuppressWarnings("NullAway.Init") // by JMH, in start()
  private Object function;

  /// Loads the cells as a kernel would.
  @Setup
  @SuppressWarnings("unchecked") // the class is known
  public void start() throws ReflectiveOperationException {
    CellLoader loader = new CellLoader();
    host = new CellHost(loader);
    Class<?> cells = Class.forName(BenchmarkCells.class.getName(), true, loader);
    function = new Applied<>((Function<Integer, String>) cells.getMethod("function").invoke(null));
  }

  /// The function alone, as a job does it once.
  @Benchmark
  public ClosureDefinition capture() {
    return Capture.of(host, function, store).closure();
  }

  /// The same with one input, as `submit` does it.
  @Benchmark
  public Payload captureWithInput() {
    Capture capture = Capture.of(host, function, store);
    Payload input = capture.encode(42).graph();
    ClosureDefinition _ = capture.closure();
    return input;
  }

  private static final class CellLoader extends ClassLoader {

    private static final String CELLS = BenchmarkCells.class.getName();

    CellLoader() {
      super(CaptureBenchmark.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(CELLS)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        byte[] bytes = bytes(name);
        return defineClass(name, bytes, 0, bytes.length);
      }
    }

    byte[] bytes(String name) {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = CaptureBenchmark.class.getClassLoader().getResourceAsStream(file)) {
        if (in == null) {
          throw new IllegalStateException(file + " is missing");
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Keeps the class files that it has read, as a kernel does.
  private static final class CellHost implements Host {

    private final ClassPathHost plain = new ClassPathHost();
    private final CellLoader loader;
    private final ClassValue<byte[]> known =
        new ClassValue<>() {
          @Override
          protected byte[] computeValue(Class<?> type) {
            return loader.bytes(type.getName());
          }
        };

    CellHost(CellLoader loader) {
      this.loader = loader;
    }

    @Override
    public Optional<byte[]> classBytes(Class<?> type) {
      return type.getClassLoader() == loader ? Optional.of(known.get(type)) : Optional.empty();
    }

    @Override
    public List<Class<?>> classesNamed(String name) {
      return List.of();
    }

    @Override
    public boolean isInitialized(Class<?> type) {
      return true;
    }

    @Override
    public ClassLoader loader() {
      return loader;
    }

    @Override
    public List<Path> classPath() {
      return List.of();
    }

    @Override
    public void onClassPathAddition(Consumer<List<Path>> listener) {}

    @Override
    public TaskOutput output() {
      return plain.output();
    }

    @Override
    public void onInterrupt(Runnable hook) {}

    @Override
    public void stop(Thread thread) {}

    @Override
    public Object scope() {
      return this;
    }
  }
}

package argosy.commands;

import argosy.Actor;
import argosy.Broadcast;
import argosy.Cached;
import argosy.Engine;
import argosy.Explanation;
import argosy.Fn;
import argosy.Options;
import argosy.Results;
import argosy.Task;
import argosy.engine.closure.Capture;
import argosy.engine.closure.Encoded;
import argosy.engine.closure.Explainer;
import argosy.engine.closure.Knowledge;
import argosy.engine.host.Host;
import argosy.engine.memory.StoredValue;
import argosy.engine.memory.ValueStore;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;
import argosy.wire.ClosureDefinition;
import argosy.wire.TaskFunction;
import argosy.wire.codec.Inlet;
import argosy.worker.rebuild.ClosureRuntime;
import argosy.worker.rebuild.Outcome;
import argosy.worker.rebuild.ResultMemory;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Captures and restores within this process: a worker without a socket, which shares no class of a
/// cell with the session.
final class OneProcessEngine implements Engine {

  private final Host host;
  private final ValueStore store = new ValueStore(null);
  private final Set<Long> sent = new HashSet<>();
  private final ClosureRuntime worker =
      new ClosureRuntime(OneProcessEngine.class.getClassLoader(), ResultMemory.NONE);

  private OneProcessEngine(Host host) {
    this.host = host;
  }

  /// {@return what brings such an engine into a session}
  static KernelExtension extension() {
    return (KernelContext kernel) -> {
      kernel.addImport("import argosy.*;");
      Engine.install(new OneProcessEngine(new NotebookHost(kernel)));
    };
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> submit(
      TaskFunction<A, R> function, A input, Options options) {
    Done<R> task = new Done<>();
    Capture capture = Capture.of(host, function, store);
    try {
      task.complete(this.<R>run(capture, input));
    } catch (Throwable e) {
      task.completeExceptionally(e);
    }
    return task;
  }

  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // an R
  private <R extends @Nullable Object> R run(Capture capture, @Nullable Object input)
      throws Throwable {
    Encoded encoded = capture.encode(input);
    ClosureDefinition closure = capture.closure();
    capture.classes().forEach(worker::define);
    capture.parts().forEach(part -> worker.definePart(part.use().part(), part.bytes()));
    capture.values().forEach(this::define);
    encoded.values().forEach(this::define);
    worker.define(closure);
    List<Long> values = encoded.values().stream().map(StoredValue::number).toList();
    return switch (worker.prepare(closure.id(), encoded.graph(), values).run()) {
      case Outcome.Returned returned -> (R) capture.decode(returned.result(), Inlet.NONE);
      case Outcome.Threw threw -> throw capture.decodeFailure(threw.failure());
    };
  }

  private void define(StoredValue value) {
    if (sent.add(value.number())) {
      worker.defineValue(value.number(), value.form(), null);
      worker.append(value.number(), value.bytes(0, (int) value.bytes()));
    }
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Results<R> each(
      TaskFunction<A, R> function, Inputs<A> inputs, Options options) {
    Capture capture = Capture.of(host, function, store);
    Iterator<A> rest = inputs.inputs();
    return new Results<>() {
      @Override
      public boolean hasNext() {
        return rest.hasNext();
      }

      @Override
      public R next() {
        A input = rest.next();
        try {
          return run(capture, input);
        } catch (Throwable e) {
          throw OneProcessEngine.<RuntimeException>sneaky(e);
        }
      }

      @Override
      public void close() {}
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased: thrown as it is
  private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Override
  public <R extends @Nullable Object> Task<R> after(
      List<? extends Task<?>> tasks, TaskFunction<List<Object>, R> function, Options options) {
    throw new UnsupportedOperationException("one task at a time");
  }

  @Override
  public <A extends @Nullable Object> Actor<A> actor(
      Callable<? extends A> maker, Supplier<Options> options) {
    throw new UnsupportedOperationException("nothing stays here");
  }

  @Override
  public <T> Broadcast<T> broadcast(T value, Options options) {
    throw new UnsupportedOperationException("nothing stays here");
  }

  @Override
  public Explanation explain(Object function) {
    return Explainer.explain(host, function, store, Knowledge.NONE);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Cached<A, R> cached(
      Path folder, Function<? super A, ? extends R> f) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dump(@Nullable Object value, Path file) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object load(Path file) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ExecutorService executor(Options options) {
    throw new UnsupportedOperationException("one task at a time");
  }

  @Override
  public Runnable limitThreads(int most) {
    return () -> {};
  }

  @Override
  public void close() {}

  /// A task that has ended.
  private static final class Done<T extends @Nullable Object> extends CompletableFuture<T>
      implements Task<T> {

    @Override
    public <R extends @Nullable Object> Task<R> then(Fn<? super T, ? extends R> f) {
      throw new UnsupportedOperationException("one task at a time");
    }

    @Override
    public <R extends @Nullable Object> Task<R> then(Function<? super T, ? extends R> f) {
      throw new UnsupportedOperationException("one task at a time");
    }

    @Override
    public Task<T> recover(Fn<? super Throwable, ? extends T> f) {
      throw new UnsupportedOperationException("one task at a time");
    }

    @Override
    public Task<T> recover(Function<? super Throwable, ? extends T> f) {
      throw new UnsupportedOperationException("one task at a time");
    }
  }
}

package argosy.engine.closure;

import argosy.engine.host.Host;
import argosy.engine.memory.StoredValue;
import argosy.engine.memory.ValueStore;
import argosy.wire.AdaptedFunction;
import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.TaskFunction;
import argosy.wire.codec.Inlet;
import argosy.worker.rebuild.ClosureRuntime;
import argosy.worker.rebuild.Outcome;
import argosy.worker.rebuild.ResultMemory;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A captured function and a worker inside this process that shares no cell class with it.
final class Shipment {

  private static final ValueStore STORE = new ValueStore(null);

  /// What each worker has been sent.
  private static final Map<ClosureRuntime, Set<Long>> SENT =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Capture capture;
  private final ClosureRuntime worker;

  private Shipment(Capture capture, ClosureRuntime worker) {
    this.capture = capture;
    this.worker = worker;
  }

  /// Captures a function, callable or supplier for a worker of its own.
  static Shipment of(Notebook notebook, @Nullable Object function) {
    return of(
        notebook.host(),
        function,
        new ClosureRuntime(Shipment.class.getClassLoader(), ResultMemory.NONE));
  }

  static Shipment of(Host host, @Nullable Object function, ClosureRuntime worker) {
    return new Shipment(Capture.of(host, adapted(function), STORE), worker);
  }

  Capture capture() {
    return capture;
  }

  /// Runs one task.
  ///
  /// @return what it returned, as the notebook gets it
  @Nullable Object run(@Nullable Object input) throws Throwable {
    Encoded encoded = capture.encode(input, () -> "input 7");
    ClosureDefinition closure = capture.closure();
    for (ClassDefinition definition : capture.classes()) {
      worker.define(definition);
    }
    for (DefinedPart part : capture.parts()) {
      worker.definePart(part.use().part(), part.bytes());
    }
    capture.values().forEach(this::define);
    encoded.values().forEach(this::define);
    worker.define(closure);
    return switch (worker
        .prepare(
            closure.id(),
            encoded.graph(),
            encoded.values().stream().map(StoredValue::number).toList())
        .run()) {
      case Outcome.Returned returned -> capture.decode(returned.result(), Inlet.NONE);
      case Outcome.Threw threw -> throw capture.decodeFailure(threw.failure());
    };
  }

  private void define(StoredValue value) {
    if (SENT.computeIfAbsent(worker, _ -> new HashSet<>()).add(value.number())) {
      worker.defineValue(value.number(), value.form(), null);
      worker.append(value.number(), value.bytes(0, (int) value.bytes()));
    }
  }

  @Nullable Object run() throws Throwable {
    return run(null);
  }

  /// Runs a function here, as a cell would.
  @SuppressWarnings("unchecked") // the test knows what its function takes
  static @Nullable Object runHere(@Nullable Object function, @Nullable Object input)
      throws Exception {
    return ((TaskFunction<@Nullable Object, @Nullable Object>) adapted(function)).apply(input);
  }

  @SuppressWarnings("unchecked") // as above
  private static Object adapted(@Nullable Object function) {
    return switch (function) {
      case TaskFunction<?, ?> itself -> itself;
      case Function<?, ?> mapped ->
          new AdaptedFunction.Applied<@Nullable Object, @Nullable Object>(
              (Function<@Nullable Object, @Nullable Object>) mapped);
      case Callable<?> called -> new AdaptedFunction.Called<>(called);
      case Supplier<?> supplied -> new AdaptedFunction.Supplied<>(supplied);
      case Consumer<?> accepted -> new AdaptedFunction.Accepted<>(accepted);
      case null -> throw new IllegalArgumentException("the last snippet has no value");
      default -> throw new IllegalArgumentException("not a function: " + function);
    };
  }
}

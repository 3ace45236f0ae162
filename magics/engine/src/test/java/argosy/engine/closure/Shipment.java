package argosy.engine.closure;

import argosy.engine.host.Host;
import argosy.trial.Trial;
import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.Payload;
import argosy.wire.TaskFunction;
import argosy.worker.rebuild.ClosureRuntime;
import argosy.worker.rebuild.Outcome;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A captured function and a worker inside this process that shares no cell class with it.
final class Shipment {

  private final Capture capture;
  private final ClosureRuntime worker;

  private Shipment(Capture capture, ClosureRuntime worker) {
    this.capture = capture;
    this.worker = worker;
  }

  /// Captures a function, callable or supplier for a worker of its own.
  static Shipment of(Notebook notebook, @Nullable Object function) {
    return of(notebook.host(), function, new ClosureRuntime(Shipment.class.getClassLoader()));
  }

  static Shipment of(Host host, @Nullable Object function, ClosureRuntime worker) {
    return new Shipment(Capture.of(host, adapted(function)), worker);
  }

  Capture capture() {
    return capture;
  }

  /// Runs one task.
  ///
  /// @return what it returned, as the notebook gets it
  @Nullable Object run(@Nullable Object input) throws Throwable {
    Payload encoded = capture.encode(input);
    ClosureDefinition closure = capture.closure();
    for (ClassDefinition definition : capture.classes()) {
      worker.define(definition);
    }
    worker.define(closure);
    return switch (worker.prepare(closure.id(), encoded).run()) {
      case Outcome.Returned returned -> capture.decode(returned.result());
      case Outcome.Threw threw -> throw capture.decodeFailure(threw.failure());
    };
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
          new Trial.Applied((Function<@Nullable Object, @Nullable Object>) mapped);
      case Callable<?> called -> new Trial.Called(called);
      case Supplier<?> supplied -> new Trial.Supplied(supplied);
      case null -> throw new IllegalArgumentException("the last snippet has no value");
      default -> throw new IllegalArgumentException("not a function: " + function);
    };
  }
}

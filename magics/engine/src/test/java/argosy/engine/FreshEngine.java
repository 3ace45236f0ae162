package argosy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Engine;
import argosy.engine.host.Host;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An engine for one test: that of the process as long as the test runs, closed behind it, with no
/// process left.
public final class FreshEngine implements BeforeEachCallback, AfterEachCallback {

  private final LocalEngine engine;

  /// An engine that lives in this host.
  public FreshEngine(Host host) {
    engine = new LocalEngine(host);
  }

  /// {@return the engine}
  public LocalEngine engine() {
    return engine;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Engine.install(engine);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    engine.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }
}

package argosy.kernel.extension;

/// Something that plugs into the kernel, found by [java.util.ServiceLoader].
public interface KernelExtension extends AutoCloseable {

  /// Registers what this extension offers. Called once, before the first cell; must not block.
  void start(KernelContext kernel);

  /// Ends what this extension started. Called once, when the kernel shuts down; must not throw.
  @Override
  default void close() {}
}

package argosy;

/// Something done without input or result, that may throw anything.
@FunctionalInterface
public interface Action extends Runnable {

  /// Does it.
  ///
  /// @throws Exception whatever goes wrong
  void call() throws Exception;

  /// Does it, and throws what it throws, checked or not.
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // so that lambdas may throw
  default void run() {
    try {
      call();
    } catch (Exception e) {
      throw Rethrow.unchecked(e);
    }
  }
}

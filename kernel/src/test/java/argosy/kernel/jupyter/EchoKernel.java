package argosy.kernel.jupyter;

/// A kernel for the echo language, to be started as a process by tests and by hand.
final class EchoKernel {

  private EchoKernel() {}

  public static void main(String[] arguments) {
    System.exit(argosy.kernel.Main.run(arguments, EchoInterpreter::new, System.err));
  }
}

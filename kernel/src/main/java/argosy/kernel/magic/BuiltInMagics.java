package argosy.kernel.magic;

import argosy.kernel.dependency.Dependencies;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;

/// Registers the kernel's own magics.
public final class BuiltInMagics implements KernelExtension {

  private final Dependencies dependencies;

  /// Finds libraries as Maven on this machine is configured to.
  public BuiltInMagics() {
    this(new Dependencies());
  }

  /// Finds libraries in this way; closes it at the end.
  public BuiltInMagics(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  @Override
  public void start(KernelContext kernel) {
    Environment environment = new Environment();
    Text text = new Text(kernel);
    new Timing(kernel).magics().forEach(kernel::register);
    new Listing(kernel).magics().forEach(kernel::register);
    new Loading(kernel, text).magics().forEach(kernel::register);
    new Libraries(kernel, text).magics().forEach(kernel::register);
    new MavenLibraries(kernel, text, dependencies).magics().forEach(kernel::register);
    new Folder(kernel, text).magics().forEach(kernel::register);
    new Shell(kernel, environment, text).magics().forEach(kernel::register);
    environment.magics(kernel).forEach(kernel::register);
    new Showing(kernel, text).magics().forEach(kernel::register);
    new Writing(kernel).magics().forEach(kernel::register);
    new Variables(kernel).magics().forEach(kernel::register);
    new SessionMagics(kernel, text).magics().forEach(kernel::register);
    new Configuration(kernel).magics().forEach(kernel::register);
  }

  @Override
  public void close() {
    dependencies.close();
  }
}

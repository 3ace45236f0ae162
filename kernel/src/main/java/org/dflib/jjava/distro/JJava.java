package org.dflib.jjava.distro;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarFile;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.kernel.JavaNotebookStatics;
import org.jspecify.annotations.Nullable;

/// Where notebooks written for JJava find their kernel, and libraries install what they have for
/// it.
public final class JJava implements KernelExtension {

  private static final System.Logger LOG = System.getLogger(JJava.class.getName());
  private static final String SERVICE = "META-INF/services/" + Extension.class.getName();

  private final List<Extension> installed = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private @Nullable KernelContext session;
  private @Nullable JavaKernel kernel;

  /// For [java.util.ServiceLoader].
  public JJava() {}

  @Override
  public void start(KernelContext context) {
    session = context;
    kernel = JavaKernel.start(context);
    context.addImport("import static " + JavaNotebookStatics.class.getName() + ".kernel;");
    if (wantsExtensions(System.getenv("JJAVA_LOAD_EXTENSIONS"))) {
      context.classPath().onAdd(this::install);
    }
  }

  private static boolean wantsExtensions(@Nullable String setting) {
    return setting == null
        || !Set.of("", "0", "false").contains(setting.strip().toLowerCase(Locale.ROOT));
  }

  private void install(List<Path> added) {
    if (added.stream().anyMatch(JJava::hasExtension)) {
      try {
        ServiceLoader.load(Extension.class, Thread.currentThread().getContextClassLoader()).stream()
            .filter(provider -> known.add(provider.type().getName()))
            .forEach(provider -> install(provider.get()));
      } catch (ServiceConfigurationError | LinkageError e) {
        tell(e);
      }
    }
  }

  private static boolean hasExtension(Path entry) {
    if (Files.isDirectory(entry)) {
      return Files.exists(entry.resolve(SERVICE));
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      return jar.getEntry(SERVICE) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /// The library is of use without it, so a failure is no reason to fail the cell.
  private void install(Extension extension) {
    try {
      extension.install(Objects.requireNonNull(kernel, "not started"));
      installed.add(extension);
    } catch (RuntimeException | LinkageError e) {
      tell(e);
    }
  }

  private void tell(Throwable failure) {
    Objects.requireNonNull(session, "not started")
        .currentCell()
        .stderr("an extension for JJava cannot be installed: " + failure + "\n");
  }

  @Override
  public void close() {
    for (Extension extension : installed.reversed()) {
      try {
        extension.uninstall(Objects.requireNonNull(kernel, "not started"));
      } catch (RuntimeException | LinkageError e) {
        LOG.log(System.Logger.Level.WARNING, "an extension for JJava does not end", e);
      }
    }
  }
}

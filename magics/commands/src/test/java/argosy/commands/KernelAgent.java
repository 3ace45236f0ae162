package argosy.commands;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Gives the tests what the manifest of the kernel's jar gives to the kernel: redefinition.
final class KernelAgent {

  private static boolean isLoaded;

  private KernelAgent() {}

  /// Loads the kernel's agent into this process. Idempotent.
  static synchronized void load() {
    if (isLoaded) {
      return;
    }
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", "argosy.kernel.jshell.RedefinitionAgent");
    attributes.putValue("Can-Redefine-Classes", "true");
    try {
      Path jar = Files.createTempFile("argosy-agent", ".jar");
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
      VirtualMachine self = VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
      self.loadAgent(jar.toString());
      self.detach();
      Files.delete(jar);
    } catch (IOException
        | AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException e) {
      throw new IllegalStateException("cannot load the agent", e);
    }
    isLoaded = true;
  }
}

package argosy.kernel.jshell;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Gives the tests what the manifest of the kernel's jar gives to the kernel: redefinition.
final class TestAgent {

  private TestAgent() {}

  /// Loads [RedefinitionAgent] into this process. Idempotent.
  static synchronized void load() {
    if (RedefinitionAgent.instrumentation() != null) {
      return;
    }
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", RedefinitionAgent.class.getName());
    attributes.putValue("Can-Redefine-Classes", "true");
    try {
      Path jar = Files.createTempFile("argosy-agent", ".jar");
      try {
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        VirtualMachine self = VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        try {
          self.loadAgent(jar.toString());
        } finally {
          self.detach();
        }
      } finally {
        Files.delete(jar);
      }
    } catch (IOException | com.sun.tools.attach.AttachNotSupportedException e) {
      throw new IllegalStateException("cannot attach to this process", e);
    } catch (com.sun.tools.attach.AgentLoadException
        | com.sun.tools.attach.AgentInitializationException e) {
      throw new IllegalStateException("cannot load the agent", e);
    }
  }
}

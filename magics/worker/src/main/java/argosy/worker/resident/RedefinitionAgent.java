package argosy.worker.resident;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// The worker's own access to the means of exchanging code. It is only loaded when it is needed:
/// most workers never are told to.
public final class RedefinitionAgent {

  private static volatile @Nullable Instrumentation instrumentation;

  private RedefinitionAgent() {}

  /// Called by the JVM.
  public static void agentmain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  /// {@return the means, loaded if they are not yet}
  ///
  /// @throws IllegalStateException if this JVM does not let itself be attached to
  static synchronized Instrumentation load() {
    Instrumentation known = instrumentation;
    if (known == null) {
      try {
        attach();
      } catch (IOException
          | AttachNotSupportedException
          | AgentLoadException
          | AgentInitializationException e) {
        throw new IllegalStateException("this worker cannot exchange the code of a class", e);
      }
      known = instrumentation;
    }
    if (known == null) {
      throw new IllegalStateException("the agent was loaded by another class loader");
    }
    return known;
  }

  private static void attach()
      throws IOException,
          AttachNotSupportedException,
          AgentLoadException,
          AgentInitializationException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", RedefinitionAgent.class.getName());
    attributes.putValue("Can-Redefine-Classes", "true");
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
  }
}

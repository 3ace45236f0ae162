package argosy.trial;

import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.Payload;
import argosy.worker.rebuild.ClosureRuntime;
import argosy.worker.rebuild.Outcome;
import argosy.worker.rebuild.ResultMemory;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A process that runs closures it is sent on its standard input, until that ends.
public final class RemoteRuntime {

  private RemoteRuntime() {}

  /// Starts the process.
  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
    ClosureRuntime runtime =
        new ClosureRuntime(RemoteRuntime.class.getClassLoader(), ResultMemory.NONE);
    for (int command = in.read(); command >= 0; command = in.read()) {
      if (command == 'd') {
        List<ContentId> ids = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
          String name = in.readUTF();
          ContentId id = id(in);
          ids.add(id);
          runtime.define(new ClassDefinition(name, id, payload(in)));
        }
        runtime.define(
            new ClosureDefinition(id(in), ids, false, false, List.of(), List.of(), payload(in)));
      } else {
        switch (runtime.prepare(id(in), payload(in), List.of()).run()) {
          case Outcome.Returned returned -> write(out, 'r', returned.result());
          case Outcome.Threw threw -> write(out, 't', threw.failure());
        }
      }
    }
  }

  /// Sends a closure with its classes.
  public static void define(
      DataOutputStream out, List<ClassDefinition> classes, ClosureDefinition closure)
      throws IOException {
    out.write('d');
    out.writeInt(classes.size());
    for (ClassDefinition definition : classes) {
      out.writeUTF(definition.name());
      write(out, definition.id());
      write(out, definition.bytes());
    }
    write(out, closure.id());
    write(out, closure.state());
  }

  /// Sends a task; the answer is a tag and a payload.
  public static void run(DataOutputStream out, ContentId closure, Payload input)
      throws IOException {
    out.write('x');
    write(out, closure);
    write(out, input);
    out.flush();
  }

  /// Reads a payload.
  public static Payload payload(DataInputStream in) throws IOException {
    return Payload.of(in.readNBytes(in.readInt()));
  }

  private static ContentId id(DataInputStream in) throws IOException {
    return new ContentId(in.readLong(), in.readLong());
  }

  private static void write(DataOutputStream out, ContentId id) throws IOException {
    out.writeLong(id.high());
    out.writeLong(id.low());
  }

  private static void write(DataOutputStream out, Payload payload) throws IOException {
    out.writeInt(payload.size());
    out.write(payload.bytes());
  }

  private static void write(DataOutputStream out, char tag, Payload payload) throws IOException {
    out.write(tag);
    write(out, payload);
    out.flush();
  }
}

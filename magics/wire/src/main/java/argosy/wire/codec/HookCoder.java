package argosy.wire.codec;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object whose class, or a superclass, has `writeObject` or `readObject`: each class of the
/// hierarchy writes its own part.
/*
 * A part is a sequence of items, each with a tag, up to an end tag; see HookOutput. A reader that
 * leaves items unread, as Java's own protocol allows, does not disturb what follows.
 */
final class HookCoder extends Coder<Object> {

  private record Part(
      boolean isOfThePlatform,
      @Nullable MethodHandle writeObject,
      @Nullable MethodHandle readObject,
      List<Slot> slots) {}

  private final List<Part> parts = new ArrayList<>();
  private final @Nullable MethodHandle readResolve;

  HookCoder(Class<?> type, @Nullable MethodHandle readResolve) {
    this.readResolve = readResolve;
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      parts.add(
          0,
          new Part(
              each.getClassLoader() == null,
              Hooks.writeObject(each),
              Hooks.readObject(each),
              Slot.declaredBy(each)));
    }
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.table().met(value.getClass());
    if (parts.stream().anyMatch(part -> !part.isOfThePlatform())) {
      // A class with hooks somewhere in its hierarchy may keep in transient fields what it likes.
      writer.foreignCode(value.getClass());
    }
    writer.contentNeeded();
    writeParts(writer, value);
    writer.contentWritten();
  }

  private void writeParts(GraphWriter writer, Object value) {
    for (Part part : parts) {
      MethodHandle hook = part.writeObject();
      if (hook == null && part.readObject() == null) {
        for (Slot slot : part.slots()) {
          slot.write(writer, value);
        }
        continue;
      }
      writer.insideHook(part.isOfThePlatform(), true);
      try {
        HookOutput output = new HookOutput(writer, value, part.slots());
        if (hook == null) {
          output.defaultWriteObject();
        } else {
          hook.invokeExact(value, (java.io.ObjectOutputStream) output);
        }
        output.end();
      } catch (UnshippableException | StackOverflowError e) {
        throw e;
      } catch (Throwable e) {
        throw Failures.whileWriting(value, e);
      } finally {
        writer.insideHook(part.isOfThePlatform(), false);
      }
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type, int id) {
    Object value = Memory.allocate(type);
    reader.reference(id, value);
    for (Part part : parts) {
      MethodHandle hook = part.readObject();
      if (hook == null && part.writeObject() == null) {
        for (Slot slot : part.slots()) {
          slot.read(reader, value);
        }
        continue;
      }
      try {
        HookInput input = new HookInput(reader, value, part.slots());
        if (hook == null) {
          input.defaultReadObject();
        } else {
          hook.invokeExact(value, (java.io.ObjectInputStream) input);
        }
        input.end();
      } catch (Throwable e) {
        throw Thrower.unchecked(e);
      }
    }
    return Hooks.resolved(readResolve, value);
  }
}

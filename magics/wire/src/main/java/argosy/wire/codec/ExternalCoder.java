package argosy.wire.codec;

import java.io.Externalizable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object that writes and reads itself as a whole, made by its constructor without parameters.
final class ExternalCoder extends Coder<Object> {

  private final @Nullable MethodHandle constructor;
  private final @Nullable MethodHandle readResolve;

  ExternalCoder(Class<?> type, @Nullable MethodHandle readResolve) {
    this.readResolve = readResolve;
    this.constructor = constructor(type);
  }

  private static @Nullable MethodHandle constructor(Class<?> type) {
    try {
      return Memory.LOOKUP
          .findConstructor(type, MethodType.methodType(void.class))
          .asType(MethodType.methodType(Object.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.table().met(value.getClass());
    if (constructor == null) {
      throw new UnshippableException(
          value.getClass().getName(),
          "an Externalizable class needs a constructor without parameters");
    }
    writer.foreignCode(value.getClass());
    writer.contentNeeded();
    try {
      HookOutput output = new HookOutput(writer, value, List.of());
      ((Externalizable) value).writeExternal(output);
      output.end();
      writer.contentWritten();
    } catch (UnshippableException | StackOverflowError e) {
      throw e;
    } catch (Throwable e) {
      throw Failures.whileWriting(value, e);
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type, int id) {
    try {
      MethodHandle maker = constructor;
      if (maker == null) {
        throw new IllegalStateException(type + " has no constructor without parameters");
      }
      Object value = (Object) maker.invokeExact();
      reader.reference(id, value);
      HookInput input = new HookInput(reader, value, List.of());
      ((Externalizable) value).readExternal(input);
      input.end();
      return Hooks.resolved(readResolve, value);
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }
}

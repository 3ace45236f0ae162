package argosy.wire.codec;

import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lambda or method reference: its shape and what it captured.
final class LambdaCoder extends Coder<Object> {

  private final @Nullable LambdaClass lambdaClass;

  /// A coder that only reads.
  LambdaCoder() {
    lambdaClass = null;
  }

  LambdaCoder(Class<?> type) {
    lambdaClass = new LambdaClass(type);
  }

  @Override
  void write(GraphWriter writer, Object lambda) {
    LambdaClass type = lambdaClass;
    if (type == null) {
      throw new IllegalStateException("this coder only reads");
    }
    LambdaShape shape = type.shape(lambda);
    writer.cyclicFlag();
    writer.table().met(shape);
    writer.value(shape);
    int index = 0;
    try {
      for (Slot slot : type.captured()) {
        if (slot.kind() == FieldKind.OBJECT) {
          Object value = Memory.getObject(lambda, slot.offset());
          Guards.refuse(value);
          writer.value(value);
        } else {
          Memory.write(writer.out(), slot.kind(), lambda, slot.offset());
        }
        index++;
      }
    } catch (UnshippableException e) {
      throw e.at("captured " + writer.table().capturedName(shape, index));
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type, int id) {
    boolean isCyclic = reader.in().readByte() != 0;
    if (!(reader.value() instanceof LambdaShape shape)) {
      throw new IllegalStateException("the bytes are damaged: a lambda without a shape");
    }
    MethodType captured =
        MethodType.fromMethodDescriptorString(shape.captured(), shape.capturing().getClassLoader());
    @Nullable Object[] values = new @Nullable Object[captured.parameterCount()];
    Object lambda = null;
    List<Slot> slots = List.of();
    if (isCyclic) {
      for (int i = 0; i < values.length; i++) {
        values[i] = FieldKind.of(captured.parameterType(i)).zero();
      }
      lambda = shape.instantiate(values);
      slots = new LambdaClass(lambda.getClass()).captured();
      reader.reference(id, lambda);
    }
    for (int i = 0; i < values.length; i++) {
      FieldKind kind = FieldKind.of(captured.parameterType(i));
      values[i] = kind == FieldKind.OBJECT ? reader.value() : kind.read(reader.in());
      if (lambda != null) {
        slots.get(i).set(lambda, values[i]);
      }
    }
    return lambda != null ? lambda : shape.instantiate(values);
  }

  /// The shape of lambdas, shared by all of one class in a graph.
  static final class OfShape extends Coder<LambdaShape> {

    @Override
    void write(GraphWriter writer, LambdaShape shape) {
      GraphOutput out = writer.out();
      ClassTable table = writer.table();
      writer.classOf(shape.capturing());
      out.writeVarInt(shape.interfaces().size(), true);
      shape.interfaces().forEach(writer::classOf);
      out.writeString(table.spelled(shape.method()));
      out.writeString(table.spelled(shape.erased()));
      out.writeVarInt(shape.bridges().size(), true);
      shape.bridges().forEach(bridge -> out.writeString(table.spelled(bridge)));
      out.writeByte(shape.kind());
      writer.classOf(shape.owner());
      out.writeString(table.spelled(shape.implementation()));
      out.writeString(table.spelled(shape.descriptor()));
      out.writeString(table.spelled(shape.instantiated()));
      out.writeString(table.spelled(shape.captured()));
    }

    @Override
    LambdaShape read(GraphReader reader, Class<? extends LambdaShape> type, int id) {
      GraphInput in = reader.in();
      Class<?> capturing = reader.classOf();
      List<Class<?>> interfaces = new ArrayList<>();
      for (int count = in.readLength(1); count > 0; count--) {
        interfaces.add(reader.classOf());
      }
      String method = in.readString();
      String erased = in.readString();
      List<String> bridges = new ArrayList<>();
      for (int count = in.readLength(1); count > 0; count--) {
        bridges.add(in.readString());
      }
      return new LambdaShape(
          capturing,
          interfaces,
          method,
          erased,
          bridges,
          in.readByte(),
          reader.classOf(),
          in.readString(),
          in.readString(),
          in.readString(),
          in.readString());
    }
  }
}

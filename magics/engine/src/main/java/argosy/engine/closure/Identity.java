package argosy.engine.closure;

import argosy.engine.closure.CellClass.Method;
import argosy.wire.ContentId;
import argosy.wire.codec.ClassTable;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.LambdaShape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a function is, by its code and what it captures, in any session: not in which cell it
/// stands, nor on which line, nor how often that cell has run.
public final class Identity {

  /// The number of a snippet, which another session counts differently, and what the body of a
  /// lambda is called that has replaced another one.
  private static final Pattern NUMBER =
      Pattern.compile("(\\$JShell\\$)\\w+|(lambda\\$.*)\\$r\\d+$");

  /// Lines, the names of parameters and the like say nothing about what code does.
  private static final ClassFile PLAIN =
      ClassFile.of(
          ClassFile.DebugElementsOption.DROP_DEBUG,
          ClassFile.LineNumbersOption.DROP_LINE_NUMBERS,
          ClassFile.StackMapsOption.DROP_STACK_MAPS,
          ClassFile.DeadCodeOption.KEEP_DEAD_CODE);

  private Identity() {}

  /// {@return what captured functions have in common that do the same}
  public static ContentId of(Capture capture) {
    Map<CellClass, Set<Method>> followed = capture.reach().followedMethods();
    List<byte[]> parts = new ArrayList<>();
    for (CellClass cell : capture.reach().shipped()) {
      parts.add(cell.essence(followed.getOrDefault(cell, Set.of())));
    }
    GraphWriter state = new GraphWriter(new Anywhere(capture.table()));
    capture.items().forEach(item -> item.write(state));
    parts.add(state.bytes());
    return ContentId.of(parts.toArray(byte[][]::new));
  }

  /// {@return what of a class matters to what these methods do; a cell's own class is but a place
  /// for them}
  static byte[] essence(CellClass cell, Set<Method> methods) {
    ClassModel model = PLAIN.parse(cell.raw());
    byte[] bytes =
        PLAIN.build(
            model.thisClass().asSymbol(),
            builder -> {
              builder.withFlags(model.flags().flagsMask());
              model.superclass().ifPresent(builder::withSuperclass);
              builder.withInterfaces(model.interfaces());
              if (!ShownNames.isWrapper(cell.type())) {
                model.fields().forEach(builder::with);
              }
              // In an order that does not depend on who has followed them.
              methods.stream()
                  .sorted(
                      Comparator.comparing((Method method) -> anywhere(method.name()))
                          .thenComparing(method -> anywhere(method.descriptor())))
                  .forEach(method -> add(builder, model, method));
            });
    return anywhere(bytes);
  }

  private static void add(ClassBuilder builder, ClassModel model, Method wanted) {
    for (MethodModel method : model.methods()) {
      if (method.methodName().equalsString(wanted.name())
          && method.methodType().equalsString(wanted.descriptor())) {
        builder.withMethod(
            method.methodName(),
            method.methodType(),
            method.flags().flagsMask(),
            copy ->
                method
                    .code()
                    .ifPresent(code -> copy.transformCode(code, CodeTransform.ACCEPT_ALL)));
      }
    }
  }

  /// {@return a class file without the numbers of this session}
  private static byte[] anywhere(byte[] classFile) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        DataOutputStream out = new DataOutputStream(result)) {
      out.writeLong(in.readLong()); // what all class files start with, and their version
      int count = in.readUnsignedShort();
      out.writeShort(count);
      for (int i = 1; i < count; i++) {
        i += copyConstant(in, out);
      }
      in.transferTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("a class file that was just written is whole", e);
    }
    return result.toByteArray();
  }

  /// Copies an entry of the constant pool, as the Java virtual machine's specification has them in
  /// section 4.4.
  ///
  /// @return how many numbers it takes beyond its own
  private static int copyConstant(DataInputStream in, DataOutputStream out) throws IOException {
    int tag = in.readUnsignedByte();
    out.writeByte(tag);
    switch (tag) {
      case 1 -> out.writeUTF(anywhere(in.readUTF()));
      case 7, 8, 16, 19, 20 -> out.writeShort(in.readShort());
      case 15 -> {
        out.writeByte(in.readByte());
        out.writeShort(in.readShort());
      }
      case 5, 6 -> {
        out.writeLong(in.readLong());
        return 1;
      }
      default -> out.writeInt(in.readInt());
    }
    return 0;
  }

  private static String anywhere(String name) {
    return NUMBER
        .matcher(name)
        .replaceAll(found ->
            Matcher.quoteReplacement(found.group(1) != null ? found.group(1) : found.group(2)));
  }

  /// The classes of a capture, with names in code as any session has them.
  private record Anywhere(ClassTable here) implements ClassTable {

    @Override
    public int numberOf(Class<?> type) {
      return here.numberOf(type);
    }

    @Override
    public Class<?> numbered(int number) {
      return here.numbered(number);
    }

    @Override
    public Class<?> named(String name) throws ClassNotFoundException {
      return here.named(name);
    }

    @Override
    public void met(LambdaShape lambda) {
      here.met(lambda);
    }

    @Override
    public void met(Class<?> type) {
      here.met(type);
    }

    @Override
    public String spelled(String name) {
      return anywhere(name);
    }
  }
}

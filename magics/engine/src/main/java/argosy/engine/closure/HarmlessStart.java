package argosy.engine.closure;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.Set;

/// Tells static initializers whose effect no task could change or notice: a worker then keeps the
/// class for the next task instead of loading it anew.
///
/// Harmless is a class all of whose statics are final and immutable by their type, made by code of
/// its own and by calls that do nothing but compute. Typical are enums without mutable fields and
/// tables of constants. When in doubt the answer is no.
final class HarmlessStart {

  /// Classes whose methods only compute, besides those of values.
  private static final Set<String> COMPUTING =
      Set.of(
          "java/lang/Object",
          "java/lang/Enum",
          "java/lang/Record",
          "java/lang/Math",
          "java/lang/StrictMath",
          "java/lang/Class");

  private final ClassModel model;
  private final String self;
  private final Set<String> checked = new HashSet<>();

  private HarmlessStart(ClassModel model) {
    this.model = model;
    this.self = model.thisClass().asInternalName();
  }

  static boolean in(CellClass cell) {
    HarmlessStart check = new HarmlessStart(ClassFile.of().parse(cell.raw()));
    return check.fieldsAreFixed() && check.method("<clinit>", "()V");
  }

  private boolean fieldsAreFixed() {
    boolean isEnum = model.flags().has(AccessFlag.ENUM);
    for (FieldModel field : model.fields()) {
      boolean isStatic = field.flags().has(AccessFlag.STATIC);
      boolean isOwnTable = isStatic && field.flags().has(AccessFlag.SYNTHETIC);
      boolean isFixed = field.flags().has(AccessFlag.FINAL) && isImmutable(field.fieldTypeSymbol());
      if ((isStatic || isEnum) && !isOwnTable && !isFixed) {
        return false;
      }
    }
    return true;
  }

  private boolean isImmutable(ClassDesc type) {
    boolean isOwnConstant =
        model.flags().has(AccessFlag.ENUM) && type.descriptorString().equals("L" + self + ";");
    return type.isPrimitive() || isOwnConstant || isValue(type.descriptorString());
  }

  private boolean method(String name, String descriptor) {
    if (!checked.add(name + descriptor)) {
      return true;
    }
    for (MethodModel method : model.methods()) {
      if (method.methodName().equalsString(name) && method.methodType().equalsString(descriptor)) {
        return method
            .findAttribute(Attributes.code())
            .map(code -> code.elementStream().allMatch(this::isHarmless))
            .orElse(false);
      }
    }
    return false; // inherited, and nobody has looked at it
  }

  private boolean isHarmless(CodeElement element) {
    return switch (element) {
      case FieldInstruction field -> isHarmless(field);
      case InvokeInstruction call -> isHarmless(call);
      case InvokeDynamicInstruction site ->
          site.bootstrapMethod()
              .owner()
              .descriptorString()
              .equals("Ljava/lang/invoke/StringConcatFactory;");
      default -> true; // loads, stores, arithmetic and jumps stay inside the method
    };
  }

  private boolean isHarmless(FieldInstruction field) {
    String owner = field.owner().asInternalName();
    boolean isRead = field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.GETFIELD;
    return owner.equals(self) || (isRead && owner.startsWith("java/"));
  }

  private boolean isHarmless(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    if (owner.equals(self)) {
      return method(name, call.type().stringValue());
    }
    return owner.startsWith("[") || (isComputing(owner) && isDetermined(name));
  }

  /// Whether a method of the platform gives the same answer each time.
  private static boolean isDetermined(String name) {
    return !name.equals("now")
        && !name.equals("random")
        && !name.equals("systemDefault")
        && !name.equals("hashCode")
        && !name.startsWith("get")
        && !name.startsWith("forName");
  }

  private static boolean isValue(String descriptor) {
    return descriptor.equals("Ljava/util/UUID;")
        || (descriptor.startsWith("L")
            && KnownPurity.VALUES.contains(descriptor.substring(1, descriptor.length() - 1)));
  }

  private static boolean isComputing(String owner) {
    return COMPUTING.contains(owner) || KnownPurity.VALUES.contains(owner);
  }
}

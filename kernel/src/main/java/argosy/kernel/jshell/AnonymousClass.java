package argosy.kernel.jshell;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;

/// Makes up for how JShell writes out the anonymous classes of an expression.
///
/// What such a class captures becomes fields, which its constructor sets at its end. Initializers
/// run before that and see nothing: in `x -> new ArrayList<>() {{ add(x); }}` they would add
/// `null`. A constructor may set fields of its own class even before it calls that of the
/// superclass, as compilers have it do for what inner classes capture.
final class AnonymousClass {

  private static final String MARK = "$$JShell$anonymous$$";

  /// A field and the parameter that it is set to.
  private record Captured(FieldInstruction field, LoadInstruction parameter) {}

  private AnonymousClass() {}

  static boolean is(String className) {
    return className.contains(MARK);
  }

  /// {@return the class, whose constructors first keep what it captures; other classes unchanged}
  static byte[] capturingFirst(String className, byte[] bytes) {
    if (!is(className)) {
      return bytes;
    }
    ClassModel model = Frames.CLASS_FILE.parse(bytes);
    return Frames.CLASS_FILE.transformClass(
        model, Frames.bodies(method -> keepingFirst(captured(model, method))));
  }

  private static CodeTransform keepingFirst(List<Captured> captured) {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder builder) {
        for (Captured each : captured) {
          builder.aload(0).with(each.parameter()).with(each.field());
        }
      }

      @Override
      public void accept(CodeBuilder builder, CodeElement element) {
        builder.with(element);
      }
    };
  }

  private static List<Captured> captured(ClassModel model, MethodModel method) {
    List<Captured> captured = new ArrayList<>();
    if (!method.methodName().equalsString(ConstantDescs.INIT_NAME) || method.code().isEmpty()) {
      return captured;
    }
    int parameters = 1;
    for (ClassDesc parameter : method.methodTypeSymbol().parameterList()) {
      boolean isWide =
          parameter.equals(ConstantDescs.CD_long) || parameter.equals(ConstantDescs.CD_double);
      parameters += isWide ? 2 : 1;
    }
    List<Instruction> code = instructions(method.code().get());
    for (int i = 2; i < code.size(); i++) {
      if (code.get(i) instanceof FieldInstruction field
          && field.opcode() == Opcode.PUTFIELD
          && field.owner().asSymbol().equals(model.thisClass().asSymbol())
          && code.get(i - 1) instanceof LoadInstruction parameter
          && parameter.slot() > 0
          && parameter.slot() < parameters
          && code.get(i - 2) instanceof LoadInstruction receiver
          && receiver.slot() == 0) {
        captured.add(new Captured(field, parameter));
      }
    }
    return captured;
  }

  private static List<Instruction> instructions(CodeModel code) {
    return code.elementStream()
        .filter(Instruction.class::isInstance)
        .map(Instruction.class::cast)
        .toList();
  }
}

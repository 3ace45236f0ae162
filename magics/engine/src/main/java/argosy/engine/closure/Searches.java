package argosy.engine.closure;

import argosy.wire.ClassSearch;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Makes `Class.forName` find the classes of cells on a worker, too, as far as they came along.
final class Searches implements CodeTransform {

  private static final ClassDesc SEARCH = ClassDesc.of(ClassSearch.class.getName());
  private static final String FOR_NAME = "forName";
  private static final MethodTypeDesc BY_NAME =
      MethodTypeDesc.of(ConstantDescs.CD_Class, ConstantDescs.CD_String);
  private static final MethodTypeDesc BY_NAME_FROM =
      MethodTypeDesc.of(ConstantDescs.CD_Class, ConstantDescs.CD_String, ConstantDescs.CD_Class);

  private final ClassDesc self;

  /// @param self the class whose code is changed
  Searches(ClassDesc self) {
    this.self = self;
  }

  /// {@return whether a call looks for a class by nothing but its name}
  static boolean isOne(InvokeInstruction call) {
    return call.name().equalsString(FOR_NAME)
        && call.owner().asSymbol().equals(ConstantDescs.CD_Class)
        && call.typeSymbol().equals(BY_NAME);
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    if (element instanceof InvokeInstruction call && isOne(call)) {
      builder.loadConstant(self).invokestatic(SEARCH, FOR_NAME, BY_NAME_FROM);
    } else {
      builder.with(element);
    }
  }
}

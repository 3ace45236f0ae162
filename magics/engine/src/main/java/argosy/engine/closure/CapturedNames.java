package argosy.engine.closure;

import argosy.wire.codec.LambdaShape;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.LocalVariableInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandleInfo;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;

/// What the locals that a lambda captures are called in its source; only needed when one of them
/// cannot ship.
final class CapturedNames {

  private final Cells cells;

  CapturedNames(Cells cells) {
    this.cells = cells;
  }

  /// {@return the name of the captured value with this index, as far as the bytecode has it}
  String of(LambdaShape lambda, int index) {
    if (index == 0 && lambda.kind() != MethodHandleInfo.REF_invokeStatic) {
      return "receiver";
    }
    String unknown = "value " + (index + 1);
    CellClass owner = cells.get(lambda.owner());
    if (owner == null) {
      return unknown;
    }
    for (MethodModel method : ClassFile.of().parse(owner.raw()).methods()) {
      if (method.methodName().equalsString(lambda.implementation())
          && method.methodType().equalsString(lambda.descriptor())) {
        return local(method, index).orElse(unknown);
      }
    }
    return unknown;
  }

  private static Optional<String> local(MethodModel method, int index) {
    boolean isStatic = method.flags().has(AccessFlag.STATIC);
    if (!isStatic && index == 0) {
      return Optional.of("enclosing object");
    }
    int slot = isStatic ? 0 : 1;
    List<ClassDesc> parameters = method.methodTypeSymbol().parameterList();
    int parameter = isStatic ? index : index - 1;
    for (int i = 0; i < parameter && i < parameters.size(); i++) {
      ClassDesc type = parameters.get(i);
      boolean isWide = type.equals(ConstantDescs.CD_long) || type.equals(ConstantDescs.CD_double);
      slot += isWide ? 2 : 1;
    }
    int wanted = slot;
    return method
        .findAttribute(Attributes.code())
        .flatMap(code ->
            code
                .findAttribute(Attributes.localVariableTable())
                .map(table -> table.localVariables())
                .orElse(List.of())
                .stream()
                .filter(local -> local.slot() == wanted && local.startPc() == 0)
                .map(LocalVariableInfo::name)
                .map(name -> name.stringValue())
                .findFirst());
  }
}

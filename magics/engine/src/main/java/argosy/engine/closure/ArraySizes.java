package argosy.engine.closure;

import argosy.wire.ArrayLimit;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Asks before an array is made whether it can be: see [ArrayLimit]. Of arrays of arrays, those of
/// two dimensions.
final class ArraySizes implements CodeTransform {

  /// One for each method.
  static final CodeTransform TRANSFORM = CodeTransform.ofStateful(ArraySizes::new);

  private static final ClassDesc LIMIT = ClassDesc.of(ArrayLimit.class.getName());
  private static final MethodTypeDesc LENGTH =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
  private static final MethodTypeDesc TOTAL =
      MethodTypeDesc.of(
          ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

  /// A compressed reference; others take more.
  private static final int REFERENCE_BYTES = 4;

  private static final int SMALL = 1_000;

  /// Whether the last instruction has left the length of a small array.
  private boolean isSmall;

  private ArraySizes() {}

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    switch (element) {
      case NewPrimitiveArrayInstruction array when !isSmall ->
          length(builder, bytesOf(array.typeKind()));
      case NewReferenceArrayInstruction _ when !isSmall -> length(builder, REFERENCE_BYTES);
      case NewMultiArrayInstruction array when array.dimensions() == 2 ->
          builder
              .dup2()
              .loadConstant(bytesOf(array.arrayType().asSymbol().componentType().componentType()))
              .invokestatic(LIMIT, "checkTotal", TOTAL);
      default -> {} // makes no array
    }
    if (element instanceof Instruction) {
      isSmall =
          element instanceof ConstantInstruction load
              && load.constantValue() instanceof Integer value
              && value <= SMALL;
    }
    builder.with(element);
  }

  private static void length(CodeBuilder builder, int elementBytes) {
    builder.loadConstant(elementBytes).invokestatic(LIMIT, "checked", LENGTH);
  }

  private static int bytesOf(ClassDesc element) {
    return bytesOf(TypeKind.from(element));
  }

  private static int bytesOf(TypeKind kind) {
    return switch (kind) {
      case BOOLEAN, BYTE -> Byte.BYTES;
      case CHAR, SHORT -> Short.BYTES;
      case LONG, DOUBLE -> Long.BYTES;
      case INT, FLOAT -> Integer.BYTES;
      case REFERENCE, VOID -> REFERENCE_BYTES;
    };
  }
}

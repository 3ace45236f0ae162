package argosy.engine.closure;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.invoke.LambdaMetafactory;
import java.util.ArrayList;
import java.util.List;

/// Makes every lambda serializable, whatever its type.
final class LambdaSites {

  static final CodeTransform TRANSFORM = LambdaSites::accept;

  private static final String METAFACTORY = "metafactory";
  private static final ClassDesc OWNER = ClassDesc.of(LambdaMetafactory.class.getName());
  private static final DirectMethodHandleDesc ALT_METAFACTORY =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          OWNER,
          "altMetafactory",
          java.lang.constant.MethodTypeDesc.of(
              ConstantDescs.CD_CallSite,
              ConstantDescs.CD_MethodHandles_Lookup,
              ConstantDescs.CD_String,
              ConstantDescs.CD_MethodType,
              ConstantDescs.CD_Object.arrayType()));

  /// The position of the flags among the arguments of `altMetafactory`.
  private static final int FLAGS = 3;

  private LambdaSites() {}

  private static void accept(CodeBuilder builder, CodeElement element) {
    if (element instanceof InvokeDynamicInstruction site
        && site.bootstrapMethod().owner().equals(OWNER)) {
      List<ConstantDesc> arguments = new ArrayList<>(site.bootstrapArgs());
      if (site.bootstrapMethod().methodName().equals(METAFACTORY)) {
        arguments.add(LambdaMetafactory.FLAG_SERIALIZABLE);
      } else {
        arguments.set(FLAGS, (Integer) arguments.get(FLAGS) | LambdaMetafactory.FLAG_SERIALIZABLE);
      }
      builder.invokedynamic(
          DynamicCallSiteDesc.of(
              ALT_METAFACTORY,
              site.name().stringValue(),
              site.typeSymbol(),
              arguments.toArray(ConstantDesc[]::new)));
      return;
    }
    builder.with(element);
  }
}

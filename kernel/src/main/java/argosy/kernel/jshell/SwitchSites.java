package argosy.kernel.jshell;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// The call sites of pattern switches that have constants of an enum among their labels.
///
/// The compiler gives them such a label as a constant that is computed on first use, the only ones
/// that it ever makes. A virtual machine that is to exchange the code of a class with such
/// constants crashes (JDK 25.0.3, in `ConstantPool::compare_operand_to`), so they become texts.
final class SwitchSites {

  /// What a text starts with that stands for a constant of an enum; no text of a program does.
  static final String CONSTANT = "\0argosy:enum:";

  private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final String ENUM_DESC = "Ljava/lang/Enum$EnumDesc;";

  private static final DirectMethodHandleDesc OURS =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          ClassDesc.of(Woven.class.getName()),
          "typeSwitch",
          MethodTypeDesc.of(
              ConstantDescs.CD_CallSite,
              ConstantDescs.CD_MethodHandles_Lookup,
              ConstantDescs.CD_String,
              ConstantDescs.CD_MethodType,
              ConstantDescs.CD_Object.arrayType()));

  private SwitchSites() {}

  /// {@return whether a class has constants that are computed on first use}
  static boolean computesConstants(ClassModel model) {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ConstantDynamicEntry) {
        return true;
      }
    }
    return false;
  }

  /// {@return what links a call site, with texts for the constants that it has to compute}
  ///
  /// @param arguments of the bootstrap method; changed to what the other one takes
  static DirectMethodHandleDesc led(
      DirectMethodHandleDesc bootstrap, List<ConstantDesc> arguments) {
    boolean isSwitch =
        bootstrap.owner().equals(SWITCHES) && bootstrap.methodName().equals("typeSwitch");
    if (!isSwitch || arguments.stream().noneMatch(DynamicConstantDesc.class::isInstance)) {
      return bootstrap;
    }
    arguments.replaceAll(SwitchSites::asText);
    return OURS;
  }

  /// A constant of an enum is described by the name of its class, itself such a constant, and its
  /// own.
  private static ConstantDesc asText(ConstantDesc label) {
    if (label instanceof DynamicConstantDesc<?> computed
        && computed.constantType().descriptorString().equals(ENUM_DESC)) {
      List<ConstantDesc> parts = computed.bootstrapArgsList();
      DynamicConstantDesc<?> owner = (DynamicConstantDesc<?>) parts.get(1);
      return CONSTANT + owner.bootstrapArgsList().get(1) + ":" + parts.get(2);
    }
    return label;
  }
}

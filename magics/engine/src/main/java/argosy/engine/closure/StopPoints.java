package argosy.engine.closure;

import argosy.wire.StopPoint;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;

/// Calls a stop point before each backward jump, and on entry to each method that calls others.
///
/// The call goes to a method of the class itself, so that a class has one call site to be linked
/// and not hundreds.
final class StopPoints {

  private static final String STOP = StopPoint.METHOD;
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
  private static final DirectMethodHandleDesc BOOTSTRAP =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          ClassDesc.of(StopPoint.class.getName()),
          "bootstrap",
          MethodTypeDesc.of(
              ConstantDescs.CD_CallSite,
              ConstantDescs.CD_MethodHandles_Lookup,
              ConstantDescs.CD_String,
              ConstantDescs.CD_MethodType));

  private final ClassDesc self;
  private final boolean isInterface;
  private boolean isUsed;

  StopPoints(ClassDesc self, boolean isInterface) {
    this.self = self;
    this.isInterface = isInterface;
  }

  /// {@return whether a stop point was woven in, so that [#addMethod] is needed}
  boolean isUsed() {
    return isUsed;
  }

  void addMethod(ClassBuilder builder) {
    builder.withMethodBody(
        STOP,
        NOTHING,
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
        code -> code.invokedynamic(DynamicCallSiteDesc.of(BOOTSTRAP, "stop", NOTHING)).return_());
  }

  /// {@return what weaves stop points into one method}
  CodeTransform in(MethodModel method) {
    boolean calls =
        method
            .findAttribute(Attributes.code())
            .map(code -> code.elementStream().anyMatch(InvokeInstruction.class::isInstance))
            .orElse(false);
    boolean atEntry = calls && !method.methodName().equalsString("<init>");
    return new InMethod(atEntry);
  }

  private final class InMethod implements CodeTransform {

    private final boolean atEntry;
    private final Set<Label> behind = new HashSet<>();

    InMethod(boolean atEntry) {
      this.atEntry = atEntry;
    }

    @Override
    public void atStart(CodeBuilder builder) {
      if (atEntry) {
        stop(builder);
      }
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      switch (element) {
        case LabelTarget target -> behind.add(target.label());
        case BranchInstruction jump -> {
          if (behind.contains(jump.target())) {
            stop(builder);
          }
        }
        case LookupSwitchInstruction jump -> {
          if (behind.contains(jump.defaultTarget())
              || jump.cases().stream().anyMatch(each -> behind.contains(each.target()))) {
            stop(builder);
          }
        }
        case TableSwitchInstruction jump -> {
          if (behind.contains(jump.defaultTarget())
              || jump.cases().stream().anyMatch(each -> behind.contains(each.target()))) {
            stop(builder);
          }
        }
        default -> {} // falls through to the next instruction
      }
      builder.with(element);
    }

    private void stop(CodeBuilder builder) {
      isUsed = true;
      builder.invokestatic(self, STOP, NOTHING, isInterface);
    }
  }
}

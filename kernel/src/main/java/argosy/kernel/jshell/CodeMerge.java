package argosy.kernel.jshell;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The new code of a class together with the lambdas of the old one, which existing function
/// objects still call.
final class CodeMerge {

  private final ClassDesc self;
  private final Set<String> renamed;
  private final String suffix;

  private CodeMerge(ClassDesc self, Set<String> renamed, String suffix) {
    this.self = self;
    this.renamed = renamed;
    this.suffix = suffix;
  }

  /// {@return the new class, its lambdas renamed where they would meet old ones}
  static byte[] merge(byte[] before, byte[] after, String suffix) {
    ClassModel old = Frames.CLASS_FILE.parse(before);
    List<MethodModel> kept = old.methods().stream().filter(Redefinitions::isLambda).toList();
    if (kept.isEmpty()) {
      return after;
    }
    ClassModel changed = Frames.CLASS_FILE.parse(after);
    Set<String> renamed =
        changed.methods().stream()
            .filter(Redefinitions::isLambda)
            .map(method -> method.methodName().stringValue())
            .collect(Collectors.toSet());
    CodeMerge merge = new CodeMerge(changed.thisClass().asSymbol(), renamed, suffix);
    ClassTransform rename = merge::rename;
    return Frames.CLASS_FILE.transformClass(
        changed,
        rename.andThen(
            ClassTransform.endHandler(end -> kept.forEach(method -> copy(end, method)))));
  }

  /// Copies a method with the stack maps that it has.
  private static void copy(ClassBuilder builder, MethodModel method) {
    builder.withMethod(
        method.methodName().stringValue(),
        method.methodTypeSymbol(),
        method.flags().flagsMask(),
        body ->
            method.forEach(part -> {
              if (part instanceof CodeModel code) {
                body.transformCode(code, Frames.keeping(code, CodeTransform.ACCEPT_ALL));
              } else {
                body.with(part);
              }
            }));
  }

  private void rename(ClassBuilder builder, ClassElement element) {
    if (!(element instanceof MethodModel method)) {
      builder.with(element);
      return;
    }
    boolean names = method.methodName().equalsString("$deserializeLambda$");
    builder.withMethod(
        newName(method.methodName().stringValue()),
        method.methodTypeSymbol(),
        method.flags().flagsMask(),
        body ->
            method.forEach(part -> {
              if (part instanceof CodeModel code) {
                body.transformCode(code, Frames.keeping(code, (b, e) -> rename(b, e, names)));
              } else {
                body.with(part);
              }
            }));
  }

  private String newName(String name) {
    return renamed.contains(name) ? name + suffix : name;
  }

  private void rename(CodeBuilder builder, CodeElement element, boolean names) {
    switch (element) {
      case InvokeDynamicInstruction site ->
          builder.invokedynamic(
              DynamicCallSiteDesc.of(
                  site.bootstrapMethod(),
                  site.name().stringValue(),
                  site.typeSymbol(),
                  site.bootstrapArgs().stream().map(this::rename).toArray(ConstantDesc[]::new)));
      case ConstantInstruction constant
          when names && constant.constantValue() instanceof String name ->
          builder.loadConstant(newName(name));
      default -> builder.with(element);
    }
  }

  private ConstantDesc rename(ConstantDesc argument) {
    if (argument instanceof DirectMethodHandleDesc handle
        && handle.owner().equals(self)
        && renamed.contains(handle.methodName())) {
      return MethodHandleDesc.of(
          handle.kind(), self, newName(handle.methodName()), handle.lookupDescriptor());
    }
    return argument;
  }
}

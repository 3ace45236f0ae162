package argosy.kernel.jshell;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.HashMap;
import java.util.Map;

/// What a class computes when it is initialised, as a text that is equal if and only if that is.
final class CodeText {

  private final StringBuilder text = new StringBuilder();
  private final Map<Label, Integer> labels = new HashMap<>();

  private CodeText() {}

  /// {@return the static initialiser with its lambdas, and the constants}
  static String ofInitialisation(ClassModel model) {
    CodeText result = new CodeText();
    for (var field : model.fields()) {
      field
          .findAttribute(Attributes.constantValue())
          .ifPresent(value ->
              result
                  .text
                  .append(field.fieldName().stringValue())
                  .append('=')
                  .append(value.constant().constantValue())
                  .append('\n'));
    }
    for (MethodModel method : model.methods()) {
      String name = method.methodName().stringValue();
      if (name.equals("<clinit>") || name.startsWith("lambda$static$")) {
        result.append(method);
      }
    }
    return result.text.toString();
  }

  private void append(MethodModel method) {
    labels.clear();
    text.append(Redefinitions.withoutRevision(method.methodName().stringValue())).append('\n');
    method.code().ifPresent(code -> code.forEach(this::append));
  }

  private void append(CodeElement element) {
    switch (element) {
      case LabelTarget target -> text.append("L").append(number(target.label()));
      case BranchInstruction branch -> text.append(branch.opcode()).append(number(branch.target()));
      case TableSwitchInstruction table -> {
        text.append("T").append(number(table.defaultTarget()));
        table
            .cases()
            .forEach(c -> text.append(c.caseValue()).append(':').append(number(c.target())));
      }
      case LookupSwitchInstruction lookup -> {
        text.append("S").append(number(lookup.defaultTarget()));
        lookup
            .cases()
            .forEach(c -> text.append(c.caseValue()).append(':').append(number(c.target())));
      }
      case ExceptionCatch handler ->
          text.append("E")
              .append(number(handler.tryStart()))
              .append(number(handler.tryEnd()))
              .append(number(handler.handler()))
              .append(handler.catchType().map(Object::toString).orElse(""));
      case Instruction instruction ->
          text.append(Redefinitions.withoutRevision(instruction.toString()));
      default -> {
        return;
      }
    }
    text.append('\n');
  }

  private int number(Label label) {
    return labels.computeIfAbsent(label, l -> labels.size());
  }
}

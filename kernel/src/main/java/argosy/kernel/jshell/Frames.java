package argosy.kernel.jshell;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.util.function.Function;

/// Rewrites code and takes over the stack maps that the compiler wrote.
///
/// To generate them anew the library would have to know which classes of a cell extend which, while
/// those are not loaded yet. They stay right as long as a rewriting changes neither the operand
/// stack nor the locals at a jump target.
final class Frames {

  /// The reader and writer for such rewritings.
  static final ClassFile CLASS_FILE = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

  /// The same, for a result without the constants that only the original uses.
  static final ClassFile ONLY_USED_CONSTANTS =
      CLASS_FILE.withOptions(ClassFile.ConstantPoolSharingOption.NEW_POOL);

  private Frames() {}

  /// {@return the rewriting of one body, with its stack maps}
  static CodeTransform keeping(CodeModel code, CodeTransform transform) {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder builder) {
        code.findAttribute(Attributes.stackMapTable()).ifPresent(builder::with);
        transform.atStart(builder);
      }

      @Override
      public void accept(CodeBuilder builder, CodeElement element) {
        transform.accept(builder, element);
      }

      @Override
      public void atEnd(CodeBuilder builder) {
        transform.atEnd(builder);
      }
    };
  }

  /// {@return the rewriting of a method that rewrites its body}
  static MethodTransform body(CodeTransform transform) {
    return (builder, element) -> {
      if (element instanceof CodeModel code) {
        builder.transformCode(code, keeping(code, transform));
      } else {
        builder.with(element);
      }
    };
  }

  /// {@return the rewriting of a class that rewrites all its bodies}
  static ClassTransform bodies(Function<MethodModel, CodeTransform> transform) {
    return (builder, element) -> {
      if (element instanceof MethodModel method) {
        builder.transformMethod(method, body(transform.apply(method)));
      } else {
        builder.with(element);
      }
    };
  }
}

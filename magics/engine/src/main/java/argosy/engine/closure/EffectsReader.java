package argosy.engine.closure;

import argosy.engine.closure.MethodEffects.Call;
import argosy.engine.closure.MethodEffects.StaticField;
import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandleInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what a method's code may reach, and collects which classes it names at all.
final class EffectsReader {

  private static final ClassDesc METAFACTORY = ClassDesc.of(LambdaMetafactory.class.getName());

  private final Set<String> names;
  private final Set<StaticField> statics = new LinkedHashSet<>();
  private final Set<Call> calls = new LinkedHashSet<>();
  private final Set<String> created = new LinkedHashSet<>();
  private final Set<String> started = new LinkedHashSet<>();
  private final Set<String> reflected = new LinkedHashSet<>();
  private final Set<String> texts = new LinkedHashSet<>();
  private boolean searches;

  private EffectsReader(Set<String> names) {
    this.names = names;
  }

  /// {@return what a method's code may reach}
  ///
  /// @param names gets the internal names of all classes that the method mentions
  static MethodEffects read(MethodModel method, Set<String> names) {
    EffectsReader reader = new EffectsReader(names);
    reader.type(method.methodTypeSymbol());
    method.findAttribute(Attributes.code()).ifPresent(reader::code);
    return new MethodEffects(
        List.copyOf(reader.statics),
        List.copyOf(reader.calls),
        List.copyOf(reader.created),
        List.copyOf(reader.started),
        List.copyOf(reader.reflected),
        reader.searches ? List.copyOf(reader.texts) : List.of());
  }

  /// Adds the class that a descriptor names to `names`, unless it is the platform's.
  static void name(ClassDesc type, Set<String> names) {
    ClassDesc element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    if (element.isClassOrInterface()) {
      String descriptor = element.descriptorString();
      String name = descriptor.substring(1, descriptor.length() - 1);
      if (!name.startsWith("java/")) {
        names.add(name);
      }
    }
  }

  private void code(CodeModel code) {
    for (CodeElement element : code) {
      switch (element) {
        case FieldInstruction field -> field(field);
        case InvokeInstruction invoke -> invoke(invoke);
        case InvokeDynamicInstruction dynamic -> {
          type(dynamic.typeSymbol());
          dynamic.invokedynamic().bootstrap().arguments().forEach(this::constant);
        }
        case NewObjectInstruction instance -> {
          name(instance.className().asSymbol(), names);
          created.add(instance.className().asInternalName());
        }
        case ConstantInstruction.LoadConstantInstruction load -> {
          if (load.constantEntry() instanceof ClassEntry type && !isArray(type)) {
            reflected.add(type.asInternalName());
          }
          constant(load.constantEntry());
        }
        case NewReferenceArrayInstruction array -> name(array.componentType().asSymbol(), names);
        case NewMultiArrayInstruction array -> name(array.arrayType().asSymbol(), names);
        case TypeCheckInstruction check -> name(check.type().asSymbol(), names);
        case ExceptionCatch handler ->
            handler.catchType().ifPresent(caught -> name(caught.asSymbol(), names));
        default -> {} // neither names a class nor calls anything
      }
    }
  }

  private void field(FieldInstruction field) {
    name(field.owner().asSymbol(), names);
    name(field.typeSymbol(), names);
    String owner = field.owner().asInternalName();
    if (field.opcode() == Opcode.GETSTATIC) {
      statics.add(new StaticField(owner, field.name().stringValue()));
    } else if (field.opcode() == Opcode.PUTSTATIC) {
      started.add(owner);
    }
  }

  private void invoke(InvokeInstruction invoke) {
    name(invoke.owner().asSymbol(), names);
    type(invoke.typeSymbol());
    searches |= Searches.isOne(invoke);
    if (!isArray(invoke.owner())) {
      calls.add(
          new Call(
              invoke.owner().asInternalName(),
              invoke.name().stringValue(),
              invoke.type().stringValue()));
    }
  }

  private void constant(LoadableConstantEntry constant) {
    switch (constant) {
      case ClassEntry type -> {
        name(type.asSymbol(), names);
        if (!isArray(type)) {
          started.add(type.asInternalName());
        }
      }
      case MethodTypeEntry type -> type(type.asSymbol());
      case MethodHandleEntry handle -> handle(handle);
      case ConstantDynamicEntry dynamic -> dynamic.bootstrap().arguments().forEach(this::constant);
      case StringEntry text -> mentioned(text.stringValue());
      default -> {} // a number
    }
  }

  /// A pattern switch names the class of an enum constant by a string.
  private void mentioned(String text) {
    texts.add(text);
    if (text.startsWith("REPL.")) {
      String internal = text.replace('.', '/');
      names.add(internal);
      started.add(internal);
    }
  }

  private void handle(MethodHandleEntry handle) {
    MemberRefEntry member = handle.reference();
    name(member.owner().asSymbol(), names);
    String owner = member.owner().asInternalName();
    String name = member.name().stringValue();
    String descriptor = member.type().stringValue();
    switch (handle.kind()) {
      case MethodHandleInfo.REF_getStatic -> statics.add(new StaticField(owner, name));
      case MethodHandleInfo.REF_getField,
          MethodHandleInfo.REF_putField,
          MethodHandleInfo.REF_putStatic ->
          started.add(owner);
      case MethodHandleInfo.REF_newInvokeSpecial -> {
        type(MethodTypeDesc.ofDescriptor(descriptor));
        created.add(owner);
      }
      default -> {
        type(MethodTypeDesc.ofDescriptor(descriptor));
        calls.add(new Call(owner, name, descriptor));
      }
    }
  }

  /// What a lambda runs.
  record Implementation(Call call, boolean isStatic) {}

  /// {@return what a call site's lambda runs, or nothing if the site makes no lambda}
  static Optional<Implementation> implementation(InvokeDynamicInstruction site) {
    if (!site.bootstrapMethod().owner().equals(METAFACTORY)) {
      return Optional.empty();
    }
    return site.invokedynamic().bootstrap().arguments().stream()
        .filter(MethodHandleEntry.class::isInstance)
        .map(MethodHandleEntry.class::cast)
        .findFirst()
        .map(handle -> {
          MemberRefEntry member = handle.reference();
          Call call =
              new Call(
                  member.owner().asInternalName(),
                  member.name().stringValue(),
                  member.type().stringValue());
          return new Implementation(call, handle.kind() == MethodHandleInfo.REF_invokeStatic);
        });
  }

  private void type(MethodTypeDesc type) {
    name(type.returnType(), names);
    type.parameterList().forEach(parameter -> name(parameter, names));
  }

  private static boolean isArray(ClassEntry type) {
    return type.asInternalName().startsWith("[");
  }
}

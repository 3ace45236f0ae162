package argosy.kernel.jshell;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.LambdaMetafactory;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Rewrites a cell's class once, after its bytecode was recorded and before it is defined.
final class Weaver {

  private static final ClassDesc WOVEN = ClassDesc.of(Woven.class.getName());
  private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
  private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
  private static final ClassDesc METAFACTORY = ClassDesc.of(LambdaMetafactory.class.getName());
  private static final MethodTypeDesc ACCESSING = MethodTypeDesc.of(CD_void, CD_Class, CD_String);
  private static final MethodTypeDesc FOR_NAME = MethodTypeDesc.of(CD_Class, CD_String);
  private static final MethodTypeDesc FOR_NAME_HERE =
      MethodTypeDesc.of(CD_Class, CD_String, CD_Class);
  private static final MethodTypeDesc EXIT = MethodTypeDesc.of(CD_void, CD_int);
  private static final MethodTypeDesc RUNTIME_EXIT = MethodTypeDesc.of(CD_void, RUNTIME, CD_int);

  private static final ClassDesc PROCESS_BUILDER = ClassDesc.of("java.lang.ProcessBuilder");
  private static final MethodTypeDesc START =
      MethodTypeDesc.of(ClassDesc.of("java.lang.Process"), PROCESS_BUILDER);

  private static final DynamicCallSiteDesc STOP_CHECK =
      DynamicCallSiteDesc.of(
          MethodHandleDesc.ofMethod(
              DirectMethodHandleDesc.Kind.STATIC,
              ClassDesc.of(StopChecks.class.getName()),
              "link",
              MethodTypeDesc.of(CD_CallSite, CD_MethodHandles_Lookup, CD_String, CD_MethodType)),
          "check",
          MethodTypeDesc.of(CD_void));

  private static final DirectMethodHandleDesc ALT_METAFACTORY =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          METAFACTORY,
          "altMetafactory",
          MethodTypeDesc.of(
              CD_CallSite,
              CD_MethodHandles_Lookup,
              CD_String,
              CD_MethodType,
              CD_Object.arrayType()));

  private Weaver() {}

  /// {@return the class with stop checks, with lambdas that can be taken apart, with an `exit` that
  /// ends the cell only, a `Class.forName` that knows cells, processes that print there, and a mark
  /// where its static initialiser starts; a wrapper is public}
  ///
  /// @param isAbsent tells of a wrapper whether its variables have no value here; code that
  ///   accesses one asks first
  static byte[] weave(byte[] recorded, Predicate<String> isAbsent) {
    ClassModel model = Frames.CLASS_FILE.parse(recorded);
    ClassDesc self = model.thisClass().asSymbol();
    ClassFile writer =
        SwitchSites.computesConstants(model) ? Frames.ONLY_USED_CONSTANTS : Frames.CLASS_FILE;
    ClassTransform transform =
        (builder, element) -> {
          switch (element) {
            case MethodModel method ->
                builder.transformMethod(method, methodTransform(self, method, isAbsent));
            case AccessFlags flags when isWrapper(self) ->
                builder.withFlags(flags.flagsMask() | ClassFile.ACC_PUBLIC);
            default -> builder.with(element);
          }
        };
    return writer.transformClass(model, transform);
  }

  /// Snippets that pass are in a package of their own.
  private static boolean isWrapper(ClassDesc self) {
    return Wrappers.isWrapper(self.packageName() + '.' + self.displayName());
  }

  private static MethodTransform methodTransform(
      ClassDesc self, MethodModel method, Predicate<String> isAbsent) {
    return (builder, element) -> {
      switch (element) {
        case CodeModel code ->
            builder.transformCode(
                code, Frames.keeping(code, new CodeWeaver(self, method, isAbsent)));
        case AccessFlags flags -> builder.withFlags(finalIfLambda(method, flags.flagsMask()));
        default -> builder.with(element);
      }
    };
  }

  /// The virtual machine lets a redefinition add and remove private methods only if nothing can
  /// override them. In an interface no method may be final.
  private static int finalIfLambda(MethodModel method, int flags) {
    boolean isInClass =
        method.parent().map(owner -> !owner.flags().has(AccessFlag.INTERFACE)).orElse(false);
    return isInClass && Redefinitions.isLambda(method) ? flags | ClassFile.ACC_FINAL : flags;
  }

  private static final class CodeWeaver implements CodeTransform {

    private final ClassDesc self;
    private final boolean isStaticInitializer;
    private final Predicate<String> isAbsent;
    private final Set<Label> passed = new HashSet<>();

    CodeWeaver(ClassDesc self, MethodModel method, Predicate<String> isAbsent) {
      this.self = self;
      this.isAbsent = isAbsent;
      this.isStaticInitializer = method.methodName().equalsString(CLASS_INIT_NAME);
    }

    @Override
    public void atStart(CodeBuilder builder) {
      if (isStaticInitializer) {
        builder.loadConstant(self);
        builder.invokestatic(WOVEN, "initializing", MethodTypeDesc.of(CD_void, CD_Class));
      }
      builder.invokedynamic(STOP_CHECK);
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      switch (element) {
        case LabelTarget target -> {
          passed.add(target.label());
          builder.with(target);
        }
        case BranchInstruction branch -> {
          checkIfBackward(builder, List.of(branch.target()));
          builder.with(branch);
        }
        case TableSwitchInstruction table -> {
          checkIfBackward(builder, table.cases().stream().map(c -> c.target()).toList());
          builder.with(table);
        }
        case LookupSwitchInstruction lookup -> {
          checkIfBackward(builder, lookup.cases().stream().map(c -> c.target()).toList());
          builder.with(lookup);
        }
        case FieldInstruction access when isElsewhere(access) -> {
          builder.loadConstant(access.owner().asSymbol());
          builder.loadConstant(access.name().stringValue());
          builder.invokestatic(WOVEN, "accessing", ACCESSING);
          builder.with(access);
        }
        case InvokeInstruction call when isExit(call) -> exit(builder, call);
        case InvokeInstruction call when isSearch(call) -> {
          builder.loadConstant(self);
          builder.invokestatic(WOVEN, "forName", FOR_NAME_HERE);
        }
        case InvokeInstruction call when isStart(call) ->
            builder.invokestatic(WOVEN, "start", START);
        case InvokeDynamicInstruction site -> builder.invokedynamic(woven(site));
        default -> builder.with(element);
      }
    }

    private void checkIfBackward(CodeBuilder builder, List<Label> targets) {
      if (targets.stream().anyMatch(passed::contains)) {
        builder.invokedynamic(STOP_CHECK);
      }
    }

    private boolean isElsewhere(FieldInstruction access) {
      boolean isStatic = access.opcode() == Opcode.GETSTATIC || access.opcode() == Opcode.PUTSTATIC;
      return isStatic
          && !access.owner().asSymbol().equals(self)
          && isAbsent.test(access.owner().asInternalName().replace('/', '.'));
    }

    private static boolean isSearch(InvokeInstruction call) {
      return call.owner().asSymbol().equals(CD_Class)
          && call.name().equalsString("forName")
          && call.typeSymbol().equals(FOR_NAME);
    }

    private static boolean isStart(InvokeInstruction call) {
      return call.owner().asSymbol().equals(PROCESS_BUILDER) && call.name().equalsString("start");
    }

    private static boolean isExit(InvokeInstruction call) {
      return isExit(call.owner().asSymbol(), call.name().stringValue());
    }

    private static boolean isExit(ClassDesc owner, String name) {
      return owner.equals(SYSTEM)
          ? name.equals("exit")
          : owner.equals(RUNTIME) && (name.equals("exit") || name.equals("halt"));
    }

    private static void exit(CodeBuilder builder, InvokeInstruction call) {
      boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
      builder.invokestatic(WOVEN, "exit", isStatic ? EXIT : RUNTIME_EXIT);
    }

    /// What a call site that makes a lambda or switches over constants becomes; any other stays as
    /// it is.
    private static DynamicCallSiteDesc woven(InvokeDynamicInstruction site) {
      List<ConstantDesc> arguments = new ArrayList<>(site.bootstrapArgs());
      DirectMethodHandleDesc bootstrap = SwitchSites.led(site.bootstrapMethod(), arguments);
      arguments.replaceAll(CodeWeaver::withoutExit);
      if (bootstrap.owner().equals(METAFACTORY)) {
        if (bootstrap.methodName().equals("metafactory")) {
          bootstrap = ALT_METAFACTORY;
          arguments.add(LambdaMetafactory.FLAG_SERIALIZABLE);
        } else {
          arguments.set(3, (Integer) arguments.get(3) | LambdaMetafactory.FLAG_SERIALIZABLE);
        }
      }
      return DynamicCallSiteDesc.of(
          bootstrap,
          site.name().stringValue(),
          site.typeSymbol(),
          arguments.toArray(ConstantDesc[]::new));
    }

    private static ConstantDesc withoutExit(ConstantDesc argument) {
      if (argument instanceof DirectMethodHandleDesc handle
          && isExit(handle.owner(), handle.methodName())) {
        boolean isStatic = handle.kind() == DirectMethodHandleDesc.Kind.STATIC;
        return MethodHandleDesc.ofMethod(
            DirectMethodHandleDesc.Kind.STATIC, WOVEN, "exit", isStatic ? EXIT : RUNTIME_EXIT);
      }
      return argument;
    }
  }
}

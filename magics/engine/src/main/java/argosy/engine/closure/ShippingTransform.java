package argosy.engine.closure;

import argosy.wire.ClassDefinition;
import argosy.wire.ClassStart;
import argosy.wire.ContentId;
import argosy.wire.Payload;
import argosy.wire.codec.StateItem;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/// Turns a cell's class as compiled into what a worker defines.
/*
 * - The cell's own body (`do_it$`) does nothing, unless it is to run on workers.
 * - A class that is initialized here loses the code of its static initializer, because the worker
 *   sets its statics before each task; for that, statics lose `final`. One that is not keeps it, and
 *   says when it runs unless that is harmless. Either way it has the same members: a worker on which
 *   it stays may exchange the one for the other.
 * - Statics of interfaces, which the JVM wants final, move to a class of their own, in every class
 *   that reads them.
 * - Lambdas become serializable, so that they can come back; stop points are woven in, so that a
 *   task can be stopped; classes of cells are found by the names that cells call them by; an array
 *   that can never be made is refused. See LambdaSites, StopPoints, Searches and ArraySizes.
 *
 * The result depends on nothing but the class and its form, so its content id is the same for all
 * closures.
 */
final class ShippingTransform {

  private static final ClassDesc CLASS_START = ClassDesc.of(ClassStart.class.getName());
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
  private static final MethodTypeDesc OF_CLASS =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Class);
  private static final String HELD_START = "$argosy$start";

  private final CellClass cell;
  private final CellClass.Form form;
  private final Cells cells;
  private final ClassFile classFile;
  private final ClassModel model;
  private final ClassDesc self;
  private final boolean isHolding;

  private ShippingTransform(CellClass cell, CellClass.Form form, Cells cells) {
    this.cell = cell;
    this.form = form;
    this.cells = cells;
    ClassLoader loader = cell.type().getClassLoader();
    ClassHierarchyResolver resolver =
        ClassHierarchyResolver.ofClassLoading(loader)
            .orElse(ClassHierarchyResolver.defaultResolver());
    classFile =
        ClassFile.of(
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.ClassHierarchyResolverOption.of(resolver));
    model = classFile.parse(cell.raw());
    self = model.thisClass().asSymbol();
    isHolding = !cell.heldStatics().isEmpty();
  }

  /// {@return the class first, and then the one that holds its statics if there is one}
  static List<ClassDefinition> apply(CellClass cell, CellClass.Form form, Cells cells) {
    ShippingTransform transform = new ShippingTransform(cell, form, cells);
    List<ClassDefinition> definitions = new ArrayList<>();
    definitions.add(definition(cell.type().getName(), transform.shippedClass()));
    if (transform.isHolding) {
      definitions.add(
          definition(StateItem.holderOf(cell.type().getName()), transform.holderClass()));
    }
    return List.copyOf(definitions);
  }

  private static ClassDefinition definition(String name, byte[] bytes) {
    return new ClassDefinition(name, ContentId.of(bytes), Payload.of(bytes));
  }

  private byte[] shippedClass() {
    StopPoints stopPoints = new StopPoints(self, model.flags().has(AccessFlag.INTERFACE));
    byte[] bytes =
        classFile.transformClass(
            model,
            (builder, element) -> {
              switch (element) {
                case MethodModel method -> method(builder, method, stopPoints);
                case FieldModel field -> field(builder, field);
                default -> builder.with(element);
              }
            });
    return stopPoints.isUsed() ? withStopMethod(bytes, stopPoints) : bytes;
  }

  private byte[] withStopMethod(byte[] bytes, StopPoints stopPoints) {
    return classFile.transformClass(
        classFile.parse(bytes),
        java.lang.classfile.ClassTransform.endHandler(stopPoints::addMethod));
  }

  private void field(ClassBuilder builder, FieldModel field) {
    if (cell.heldStatics().contains(field.fieldName().stringValue())) {
      return;
    }
    boolean isRestored =
        field.flags().has(AccessFlag.STATIC)
            && field.flags().has(AccessFlag.FINAL)
            && field.findAttribute(Attributes.constantValue()).isEmpty();
    if (!isRestored) {
      builder.with(field);
      return;
    }
    builder.transformField(
        field,
        (fieldBuilder, element) -> {
          if (element instanceof java.lang.classfile.AccessFlags flags) {
            fieldBuilder.withFlags(flags.flagsMask() & ~ClassFile.ACC_FINAL);
          } else {
            fieldBuilder.with(element);
          }
        });
  }

  private void method(ClassBuilder builder, MethodModel method, StopPoints stopPoints) {
    String name = method.methodName().stringValue();
    if (name.equals(CellClass.CELL_BODY) && !form.hasBody()) {
      builder.withMethodBody(
          name,
          method.methodTypeSymbol(),
          method.flags().flagsMask(),
          code -> code.aconst_null().areturn());
      return;
    }
    CodeTransform code =
        LambdaSites.TRANSFORM
            .andThen(new HeldStatics(cell, cells))
            .andThen(new Searches(self))
            .andThen(ArraySizes.TRANSFORM);
    if (!name.equals("<clinit>")) {
      builder.transformMethod(
          method,
          finalIfLambda(method)
              .andThen(MethodTransform.transformingCode(stopPoints.in(method).andThen(code))));
      return;
    }
    if (form.isInitialized()) {
      if (!isHolding) {
        builder.withMethodBody(name, NOTHING, ClassFile.ACC_STATIC, CodeBuilder::return_);
      }
      return;
    }
    if (isHolding) {
      method
          .code()
          .ifPresent(body ->
              builder.withMethod(
                  HELD_START,
                  NOTHING,
                  ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                  start -> start.transformCode(body, code)));
      return;
    }
    builder.transformMethod(
        method,
        MethodTransform.transformingCode(
            HarmlessStart.in(cell) ? code : announced().andThen(code)));
  }

  /// The virtual machine lets new code bring or drop private methods only if nothing can override
  /// them.
  private MethodTransform finalIfLambda(MethodModel method) {
    boolean isLambda =
        !model.flags().has(AccessFlag.INTERFACE)
            && method.flags().has(AccessFlag.PRIVATE)
            && method.flags().has(AccessFlag.SYNTHETIC)
            && method.methodName().stringValue().startsWith("lambda$");
    return (builder, element) -> {
      if (isLambda && element instanceof java.lang.classfile.AccessFlags flags) {
        builder.withFlags(flags.flagsMask() | ClassFile.ACC_FINAL);
      } else {
        builder.with(element);
      }
    };
  }

  private CodeTransform announced() {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder builder) {
        builder.loadConstant(self).invokestatic(CLASS_START, "ran", OF_CLASS);
      }

      @Override
      public void accept(CodeBuilder builder, java.lang.classfile.CodeElement element) {
        builder.with(element);
      }
    };
  }

  private byte[] holderClass() {
    ClassDesc holder = ClassDesc.of(StateItem.holderOf(cell.type().getName()));
    return classFile.build(
        holder,
        builder -> {
          builder
              .withVersion(model.majorVersion(), 0)
              .withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
          for (FieldModel field : model.fields()) {
            String name = field.fieldName().stringValue();
            if (cell.heldStatics().contains(name)) {
              builder.withField(
                  name, field.fieldTypeSymbol(), ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC);
            }
          }
          if (!form.isInitialized()) {
            builder.withMethodBody(
                "<clinit>",
                NOTHING,
                ClassFile.ACC_STATIC,
                code ->
                    code.loadConstant(holder)
                        .invokestatic(CLASS_START, "ran", OF_CLASS)
                        .invokestatic(self, HELD_START, NOTHING, true)
                        .return_());
          }
        });
  }
}

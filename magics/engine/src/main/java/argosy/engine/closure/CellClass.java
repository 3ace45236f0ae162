package argosy.engine.closure;

import argosy.wire.CellBodies;
import argosy.wire.ClassDefinition;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A cell's class as its bytecode has it: what each method may reach, and which classes it names.
///
/// Read once per bytecode and kept with the class. Safe from any thread.
final class CellClass {

  /// The method of a wrapper class that runs the cell itself; it ships only if that is to happen on
  /// workers.
  static final String CELL_BODY = CellBodies.BODY;

  /// The same, with its descriptor.
  static final Method RUN = new Method(CELL_BODY, "()Ljava/lang/Object;");

  private static final Set<String> REBUILDING =
      Set.of(
          "hashCode",
          "equals",
          "compareTo",
          "compare",
          "readObject",
          "readResolve",
          "readExternal");

  /// A method of this class, by name and descriptor.
  record Method(String name, String descriptor) {}

  private static final ClassValue<Slot> KNOWN =
      new ClassValue<>() {
        @Override
        protected Slot computeValue(Class<?> type) {
          return new Slot();
        }
      };

  private static final class Slot {
    volatile @Nullable CellClass current;
  }

  private final Class<?> type;
  private final byte[] raw;
  private final Map<Method, MethodEffects> methods = new LinkedHashMap<>();
  private final List<Method> instanceMethods = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, Optional<Class<?>>> resolved = new ConcurrentHashMap<>();
  private final Set<String> statics = new HashSet<>();
  private final Map<String, Field> staticFields = new ConcurrentHashMap<>();
  private final Set<Method> natives = new HashSet<>();
  private final Set<String> literals = new HashSet<>();
  private final Set<String> heldStatics = new HashSet<>();
  private final boolean runsCodeWhenRebuilt;
  private final Map<Form, List<ClassDefinition>> definitions = new ConcurrentHashMap<>();
  private final Map<Set<Method>, byte[]> essences = new ConcurrentHashMap<>();
  private volatile @Nullable Body body;

  /// What the method that runs the cell itself may reach, and the classes that it names.
  record Body(MethodEffects effects, Set<String> names) {
    Body {
      names = Set.copyOf(names);
    }
  }

  /// How a class ships.
  ///
  /// @param isInitialized whether its statics come with the closure
  /// @param hasBody whether the cell itself runs on workers
  record Form(boolean isInitialized, boolean hasBody) {}

  private CellClass(Class<?> type, byte[] raw) {
    this.type = type;
    this.raw = raw;
    read(ClassFile.of().parse(raw));
    runsCodeWhenRebuilt = methods.keySet().stream().anyMatch(this::runsCodeWhenRebuilt);
  }

  /// {@return the class as `raw` has it}
  ///
  /// @param raw the class file as compiled
  static CellClass of(Class<?> type, byte[] raw) {
    Slot slot = KNOWN.get(type);
    CellClass known = slot.current;
    if (known == null || !Arrays.equals(known.raw, raw)) {
      known = new CellClass(type, raw);
      slot.current = known;
    }
    return known;
  }

  private void read(ClassModel model) {
    model.superclass().ifPresent(parent -> EffectsReader.name(parent.asSymbol(), names));
    model.interfaces().forEach(each -> EffectsReader.name(each.asSymbol(), names));
    model
        .findAttribute(Attributes.nestHost())
        .map(NestHostAttribute::nestHost)
        .ifPresent(host -> EffectsReader.name(host.asSymbol(), names));
    // Whoever asks an object of the class for its simple name looks at the class around it.
    model.findAttribute(Attributes.innerClasses()).stream()
        .flatMap(inner -> inner.classes().stream())
        .filter(inner -> inner.innerClass().asSymbol().equals(model.thisClass().asSymbol()))
        .flatMap(own -> own.outerClass().stream())
        .forEach(outer -> EffectsReader.name(outer.asSymbol(), names));
    model
        .findAttribute(Attributes.permittedSubclasses())
        .ifPresent(permitted ->
            permitted
                .permittedSubclasses()
                .forEach(each -> EffectsReader.name(each.asSymbol(), names)));
    for (FieldModel field : model.fields()) {
      EffectsReader.name(field.fieldTypeSymbol(), names);
      if (field.flags().has(AccessFlag.STATIC)) {
        statics.add(field.fieldName().stringValue());
      }
      boolean isConstant = field.findAttribute(Attributes.constantValue()).isPresent();
      if (model.flags().has(AccessFlag.INTERFACE) && !isConstant) {
        heldStatics.add(field.fieldName().stringValue());
      }
    }
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof StringEntry literal) {
        literals.add(literal.stringValue());
      }
    }
    for (MethodModel method : model.methods()) {
      Method key = new Method(method.methodName().stringValue(), method.methodType().stringValue());
      if (key.name().equals(CELL_BODY)) {
        continue;
      }
      methods.put(key, EffectsReader.read(method, names));
      if (method.flags().has(AccessFlag.NATIVE)) {
        natives.add(key);
      }
      if (!method.flags().has(AccessFlag.STATIC)) {
        instanceMethods.add(key);
      }
    }
  }

  /// {@return what runs the cell itself, or null if this is no wrapper of something that runs}
  @Nullable Body body() {
    Body known = body;
    if (known == null) {
      for (MethodModel method : ClassFile.of().parse(raw).methods()) {
        if (method.methodName().equalsString(CELL_BODY)) {
          Set<String> named = new LinkedHashSet<>();
          known = new Body(EffectsReader.read(method, named), named);
          body = known;
        }
      }
    }
    return known;
  }

  Class<?> type() {
    return type;
  }

  byte[] raw() {
    return raw;
  }

  /// {@return the class file as compiled, parsed}
  ClassModel model() {
    return ClassFile.of().parse(raw);
  }

  /// {@return what of the class matters to what these methods do, in any session; not to be written
  /// to}
  byte[] essence(Set<Method> methods) {
    return essences.computeIfAbsent(methods, some -> Identity.essence(this, some));
  }

  /// {@return what a method that this class itself declares may reach, or null if it has none}
  @Nullable MethodEffects effects(Method method) {
    return methods.get(method);
  }

  /// {@return whether a method that this class itself declares has its code elsewhere}
  boolean isNative(Method method) {
    return natives.contains(method);
  }

  /// {@return the texts in the code}
  Set<String> literals() {
    return literals;
  }

  /// {@return the methods and constructors that work on an object}
  List<Method> instanceMethods() {
    return instanceMethods;
  }

  /// {@return all methods}
  Set<Method> allMethods() {
    return methods.keySet();
  }

  /// {@return what the static initializer may reach, or null if there is none}
  @Nullable MethodEffects initializer() {
    return methods.get(new Method("<clinit>", "()V"));
  }

  /// {@return whether rebuilding an object of this class runs code that reads statics or calls
  /// further methods of cells: a record's constructor, hooks of serialization, what sorts and
  /// hashes}
  boolean runsCodeWhenRebuilt() {
    return runsCodeWhenRebuilt;
  }

  private boolean runsCodeWhenRebuilt(Method method) {
    boolean isRun =
        REBUILDING.contains(method.name()) || (type.isRecord() && method.name().equals("<init>"));
    MethodEffects effects = methods.get(method);
    return isRun
        && effects != null
        && (!effects.statics().isEmpty()
            || effects.calls().stream().anyMatch(call -> !call.owner().startsWith("java/")));
  }

  /// {@return the internal names of the classes that the bytecode mentions}
  Set<String> names() {
    return names;
  }

  /// {@return whether this class itself declares a static of this name}
  boolean hasStatic(String name) {
    return statics.contains(name);
  }

  /// {@return the variables that a wrapper holds for the notebook, in the order of the code; the
  /// shell's own have a name with a `$` in front}
  List<String> variables() {
    return model().fields().stream()
        .filter(field -> field.flags().has(AccessFlag.STATIC))
        .filter(field -> !field.flags().has(AccessFlag.SYNTHETIC))
        .map(field -> field.fieldName().stringValue())
        .filter(name -> !name.startsWith("$"))
        .toList();
  }

  /// {@return a static that this class itself declares, ready to be read}
  Field staticField(String name) {
    return staticFields.computeIfAbsent(name, this::accessible);
  }

  private Field accessible(String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(type.getName() + " has lost its variable " + name, e);
    }
  }

  /// {@return the statics of an interface that are no constants and so ship in a class of their
  /// own}
  Set<String> heldStatics() {
    return heldStatics;
  }

  /// {@return the class that this one's code means by an internal name, or null if it has none}
  @Nullable Class<?> resolve(String internalName) {
    return resolved.computeIfAbsent(internalName, this::find).orElse(null);
  }

  private Optional<Class<?>> find(String internalName) {
    try {
      return Optional.of(
          Class.forName(internalName.replace('/', '.'), false, type.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty(); // the worker's code fails on it just as this process's would
    }
  }

  /// {@return the classes that a worker defines for this one: itself, and what holds its statics}
  ///
  /// @param cells knows how this one ships, and looks up others
  List<ClassDefinition> definitions(Cells cells) {
    Form form = new Form(cells.isInitialized(this), cells.isResident(this));
    List<ClassDefinition> known = definitions.get(form);
    if (known == null) {
      known = ShippingTransform.apply(this, form, cells);
      definitions.put(form, known);
    }
    return known;
  }
}

package argosy.kernel.jshell;

import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells which classes of a snippet nobody can name after it has run, and which need none of the
/// rights that classes of one package have, so that they may have a loader of their own.
/*
 * A class is freed with its loader only, and what declares something has to stay. So a session grows
 * with what it declares, not with how often a cell runs. The price of a loader of its own is a
 * package of its own: a snippet that uses what is not public in another one's class stays with it.
 */
final class Passing {

  private static final Pattern TEMPORARY = Pattern.compile("\\$\\d+");
  private static final Set<String> RUNNING = Set.of("do_it$", "<init>", "$deserializeLambda$");

  private final Map<String, ClassModel> own = new HashMap<>();
  private final Map<String, ClassModel> others = new HashMap<>();
  private final Function<String, byte @Nullable []> recorded;

  private Passing(Function<String, byte @Nullable []> recorded) {
    this.recorded = recorded;
  }

  /// {@return whether these classes may pass}
  ///
  /// @param wrapper the one that the others are nested in
  /// @param classes all of them, by name
  /// @param recorded finds the class files of other snippets, by the names of classes
  static boolean may(
      String wrapper, Map<String, byte[]> classes, Function<String, byte @Nullable []> recorded) {
    Passing passing = new Passing(recorded);
    classes.forEach((name, bytes) -> passing.own.put(name, Frames.CLASS_FILE.parse(bytes)));
    ClassModel outer = passing.own.get(wrapper);
    return outer != null
        && Wrappers.snippetIds(wrapper).size() == 1
        && declaresNothing(outer)
        && classes.keySet().stream().noneMatch(name -> declares(wrapper, name))
        && passing.own.values().stream().allMatch(passing::needsNoPackage);
  }

  /// {@return whether a class has a name that people gave it for others to use; one inside a method
  /// starts with a digit, one that the shell made with a dollar sign}
  static boolean declares(String wrapper, String name) {
    int start = wrapper.length() + 1;
    return name.length() > start
        && name.charAt(start) != '$'
        && Character.isJavaIdentifierStart(name.charAt(start));
  }

  private static boolean declaresNothing(ClassModel wrapper) {
    for (FieldModel field : wrapper.fields()) {
      boolean isTemporary = TEMPORARY.matcher(field.fieldName().stringValue()).matches();
      if (!isTemporary && !field.flags().has(AccessFlag.SYNTHETIC)) {
        return false;
      }
    }
    for (MethodModel method : wrapper.methods()) {
      if (!RUNNING.contains(method.methodName().stringValue()) && !Redefinitions.isLambda(method)) {
        return false;
      }
    }
    return true;
  }

  private boolean needsNoPackage(ClassModel model) {
    boolean extendsOther =
        model.superclass().map(parent -> isOther(parent.asSymbol())).orElse(false);
    if (extendsOther) {
      return false; // it may override what only the package sees
    }
    for (PoolEntry entry : model.constantPool()) {
      boolean isPublic =
          switch (entry) {
            case ClassEntry type -> isPublic(type.asSymbol());
            case MemberRefEntry member -> isPublic(member);
            case MethodTypeEntry type -> arePublic(type.asSymbol());
            default -> true;
          };
      if (!isPublic) {
        return false;
      }
    }
    return true;
  }

  private boolean isPublic(MemberRefEntry member) {
    return arePublic(member.nameAndType())
        && (!isOther(member.owner().asSymbol())
            || isPublic(
                name(member.owner().asSymbol()),
                member.name().stringValue(),
                member.type().stringValue()));
  }

  private boolean arePublic(NameAndTypeEntry entry) {
    String type = entry.type().stringValue();
    return type.startsWith("(")
        ? arePublic(MethodTypeDesc.ofDescriptor(type))
        : isPublic(ClassDesc.ofDescriptor(type));
  }

  private boolean arePublic(MethodTypeDesc type) {
    return isPublic(type.returnType()) && type.parameterList().stream().allMatch(this::isPublic);
  }

  private boolean isPublic(ClassDesc type) {
    ClassDesc element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    ClassModel other = other(element);
    return other == null
        || other.flags().has(AccessFlag.PUBLIC)
        || Wrappers.isWrapper(name(element));
  }

  /// What no class of a cell declares is the platform's or a library's, and does not ask who is in
  /// the package of the cells.
  private boolean isPublic(String owner, String name, String descriptor) {
    Deque<String> open = new ArrayDeque<>(List.of(owner));
    while (!open.isEmpty()) {
      ClassModel model = recordedModel(open.remove());
      if (model == null) {
        continue;
      }
      for (MethodModel method : model.methods()) {
        if (method.methodName().equalsString(name)
            && method.methodType().equalsString(descriptor)) {
          return method.flags().has(AccessFlag.PUBLIC);
        }
      }
      for (FieldModel field : model.fields()) {
        if (field.fieldName().equalsString(name) && field.fieldType().equalsString(descriptor)) {
          return field.flags().has(AccessFlag.PUBLIC);
        }
      }
      model.superclass().ifPresent(parent -> open.add(name(parent.asSymbol())));
      open.addAll(names(model.interfaces()));
    }
    return true;
  }

  private static Collection<String> names(List<ClassEntry> types) {
    return types.stream().map(type -> name(type.asSymbol())).toList();
  }

  private boolean isOther(ClassDesc type) {
    return other(type) != null;
  }

  private @Nullable ClassModel other(ClassDesc type) {
    if (!type.isClassOrInterface() || own.containsKey(name(type))) {
      return null;
    }
    return recordedModel(name(type));
  }

  /// A snippet names the same few classes again and again.
  private @Nullable ClassModel recordedModel(String name) {
    ClassModel known = others.get(name);
    if (known != null) {
      return known;
    }
    byte[] bytes = recorded.apply(name);
    if (bytes == null) {
      return null;
    }
    ClassModel model = Frames.CLASS_FILE.parse(bytes);
    others.put(name, model);
    return model;
  }

  private static String name(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.startsWith("L")
        ? descriptor.substring(1, descriptor.length() - 1).replace('/', '.')
        : descriptor;
  }
}

package argosy.wire.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A lambda's class, taken apart: its shape, and the fields that hold what it captured.
/*
 * A serializable lambda describes itself (SerializedLambda). One that is not, as the JDK and other
 * libraries make them (`f.andThen(g)`), tells by the constant pool of its class which method it
 * calls, by its fields what it captured, and by its interface the rest.
 */
final class LambdaClass {

  private static final Set<String> BOXES =
      Set.of(
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Double",
          "java.lang.Float",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Character",
          "java.lang.Number");

  private final List<Slot> captured;
  private volatile @Nullable LambdaShape shape;

  LambdaClass(Class<?> type) {
    List<Slot> slots = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        slots.add(Slot.of(field));
      }
    }
    captured = List.copyOf(slots);
  }

  static boolean isLambda(Class<?> type) {
    return type.isHidden()
        && type.isSynthetic()
        && type.getInterfaces().length > 0
        && type.getName().contains("$$Lambda");
  }

  List<Slot> captured() {
    return captured;
  }

  /// {@return the shape of the class of `lambda`, found once}
  LambdaShape shape(Object lambda) {
    LambdaShape known = shape;
    if (known == null) {
      known = find(lambda);
      shape = known;
    }
    return known;
  }

  private static LambdaShape find(Object lambda) {
    Class<?> type = lambda.getClass();
    try {
      MethodHandle writeReplace = Hooks.writeReplace(type);
      if (writeReplace != null
          && (Object) writeReplace.invokeExact(lambda) instanceof SerializedLambda description) {
        return described(type, description);
      }
      return fromConstantPool(type);
    } catch (UnshippableException e) {
      throw e;
    } catch (Throwable e) {
      throw new UnshippableException(
          "a lambda of class " + type.getName(), "its code cannot be found: " + e, e);
    }
  }

  private static LambdaShape described(Class<?> type, SerializedLambda description)
      throws Throwable {
    Class<?> capturing =
        (Class<?>)
            Memory.LOOKUP
                .findGetter(SerializedLambda.class, "capturingClass", Class.class)
                .invoke(description);
    ClassLoader loader = capturing.getClassLoader();
    Class<?> functional = named(description.getFunctionalInterfaceClass(), loader);
    String method = description.getFunctionalInterfaceMethodName();
    String erased = description.getFunctionalInterfaceMethodSignature();
    return new LambdaShape(
        capturing,
        interfaces(type, functional),
        method,
        erased,
        bridges(type, method, erased),
        description.getImplMethodKind(),
        named(description.getImplClass(), loader),
        description.getImplMethodName(),
        description.getImplMethodSignature(),
        description.getInstantiatedMethodType(),
        capturedDescriptor(type));
  }

  private static Class<?> named(String internalName, ClassLoader loader)
      throws ClassNotFoundException {
    return Class.forName(internalName.replace('/', '.'), false, loader);
  }

  private static LambdaShape fromConstantPool(Class<?> type) throws Throwable {
    Class<?> functional = type.getInterfaces()[0];
    Method abstractMethod = functionalMethod(type, functional);
    String erased = descriptor(abstractMethod);
    String name = type.getName();
    Class<?> capturing =
        Class.forName(name.substring(0, name.indexOf("$$Lambda")), false, type.getClassLoader());
    Executable code = implementation(type, capturing);
    boolean isConstructor = code instanceof Constructor;
    Class<?> owner = code.getDeclaringClass();
    MethodType own =
        isConstructor
            ? MethodType.methodType(void.class, code.getParameterTypes())
            : MethodType.methodType(((Method) code).getReturnType(), code.getParameterTypes());
    return new LambdaShape(
        capturing,
        interfaces(type, functional),
        abstractMethod.getName(),
        erased,
        bridges(type, abstractMethod.getName(), erased),
        kind(code),
        owner,
        isConstructor ? "<init>" : code.getName(),
        own.toMethodDescriptorString(),
        instantiated(type, abstractMethod, code, own).toMethodDescriptorString(),
        capturedDescriptor(type));
  }

  private static int kind(Executable code) {
    if (code instanceof Constructor) {
      return MethodHandleInfo.REF_newInvokeSpecial;
    }
    if (Modifier.isStatic(code.getModifiers())) {
      return MethodHandleInfo.REF_invokeStatic;
    }
    return code.getDeclaringClass().isInterface()
        ? MethodHandleInfo.REF_invokeInterface
        : MethodHandleInfo.REF_invokeVirtual;
  }

  /// The types with which the functional method is used: the implementation's, boxed where the
  /// functional method has references.
  private static MethodType instantiated(
      Class<?> type, Method abstractMethod, Executable code, MethodType own) {
    List<Class<?>> parameters = new ArrayList<>(own.parameterList());
    boolean isConstructor = code instanceof Constructor;
    if (!isConstructor && !Modifier.isStatic(code.getModifiers())) {
      parameters.add(0, code.getDeclaringClass());
    }
    int capturedCount =
        (int) Arrays.stream(type.getDeclaredFields()).filter(LambdaClass::holds).count();
    List<Class<?>> used = parameters.subList(capturedCount, parameters.size());
    Class<?>[] wanted = abstractMethod.getParameterTypes();
    for (int i = 0; i < wanted.length; i++) {
      used.set(i, wanted[i].isPrimitive() ? wanted[i] : boxed(used.get(i)));
    }
    Class<?> answered = isConstructor ? code.getDeclaringClass() : own.returnType();
    Class<?> asked = abstractMethod.getReturnType();
    Class<?> result = asked.isPrimitive() ? asked : boxed(answered);
    return MethodType.methodType(result, used);
  }

  private static boolean holds(Field field) {
    return !Modifier.isStatic(field.getModifiers());
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  /// Finds the method that the lambda calls among those in the constant pool of its class.
  private static Executable implementation(Class<?> type, Class<?> capturing) throws Throwable {
    Class<?> poolType = Class.forName("jdk.internal.reflect.ConstantPool");
    Object pool =
        Memory.LOOKUP
            .findVirtual(Class.class, "getConstantPool", MethodType.methodType(poolType))
            .invoke(type);
    int size =
        (int)
            Memory.LOOKUP
                .findVirtual(poolType, "getSize", MethodType.methodType(int.class))
                .invoke(pool);
    MethodHandle methodAt =
        Memory.LOOKUP.findVirtual(
            poolType,
            "getMethodAt",
            MethodType.methodType(java.lang.reflect.Member.class, int.class));
    Executable found = null;
    for (int i = 1; i < size; i++) {
      Executable candidate;
      try {
        candidate = (Executable) methodAt.invoke(pool, i);
      } catch (IllegalArgumentException e) {
        continue; // not a method
      }
      if (candidate.getDeclaringClass() == capturing && candidate.isSynthetic()) {
        return candidate;
      }
      boolean isOwnConstructor =
          candidate instanceof Constructor && candidate.getDeclaringClass() == Object.class;
      if (!isOwnConstructor && (found == null || (isPlumbing(found) && !isPlumbing(candidate)))) {
        found = candidate;
      }
    }
    if (found == null) {
      throw new NoSuchMethodException("no method in its constant pool");
    }
    return found;
  }

  /// Boxing, and what a lambda needs to describe itself.
  private static boolean isPlumbing(Executable code) {
    Class<?> owner = code.getDeclaringClass();
    return (BOXES.contains(owner.getName()) && isBoxing(code))
        || owner == SerializedLambda.class
        || owner == MethodHandle.class;
  }

  /// Such as `Integer.valueOf(int)` and `Number.intValue()`, but not `Integer.sum(int, int)`.
  private static boolean isBoxing(Executable code) {
    Class<?>[] parameters = code.getParameterTypes();
    return parameters.length == 0
        ? code.getName().endsWith("Value")
        : code.getName().equals("valueOf") && parameters[0].isPrimitive();
  }

  private static Method functionalMethod(Class<?> type, Class<?> functional)
      throws NoSuchMethodException {
    for (Method method : functional.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers()) && !isObjectMethod(method)) {
        for (Method own : type.getDeclaredMethods()) {
          if (own.getName().equals(method.getName())) {
            return method;
          }
        }
      }
    }
    throw new NoSuchMethodException(functional + " has no abstract method");
  }

  private static boolean isObjectMethod(Method method) {
    try {
      Object.class.getMethod(method.getName(), method.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static List<Class<?>> interfaces(Class<?> type, Class<?> functional) {
    List<Class<?>> interfaces = new ArrayList<>(List.of(type.getInterfaces()));
    interfaces.remove(functional);
    interfaces.add(0, functional);
    return interfaces;
  }

  private static List<String> bridges(Class<?> type, String method, String erased) {
    List<String> bridges = new ArrayList<>();
    for (Method each : type.getDeclaredMethods()) {
      if (each.getName().equals(method) && !descriptor(each).equals(erased)) {
        bridges.add(descriptor(each));
      }
    }
    bridges.sort(null); // reflection promises no order, and equal lambdas are to be equal bytes
    return bridges;
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .toMethodDescriptorString();
  }

  private static String capturedDescriptor(Class<?> type) {
    List<Class<?>> types = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (holds(field)) {
        types.add(field.getType());
      }
    }
    return MethodType.methodType(void.class, types).toMethodDescriptorString();
  }
}

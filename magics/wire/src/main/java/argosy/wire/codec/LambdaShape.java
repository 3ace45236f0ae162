package argosy.wire.codec;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All that there is to a lambda but the values that it captures.
///
/// @param capturing the class whose code made the lambda
/// @param interfaces what the lambda implements; the functional one comes first
/// @param method the name of the functional interface's method
/// @param erased that method's descriptor
/// @param bridges descriptors of further methods that lead to the same code
/// @param kind how the implementation is called, a constant of [MethodHandleInfo]
/// @param owner the class that has the implementation
/// @param implementation the name of the implementation's method
/// @param descriptor the implementation's descriptor, without a receiver
/// @param instantiated the descriptor of the functional method with the types in this use
/// @param captured the descriptor that the captured values make, in their order
public record LambdaShape(
    Class<?> capturing,
    List<Class<?>> interfaces,
    String method,
    String erased,
    List<String> bridges,
    int kind,
    Class<?> owner,
    String implementation,
    String descriptor,
    String instantiated,
    String captured) {

  private static final ClassValue<Map<LambdaShape, MethodHandle>> FACTORIES =
      new ClassValue<>() {
        @Override
        protected Map<LambdaShape, MethodHandle> computeValue(Class<?> capturing) {
          return new ConcurrentHashMap<>();
        }
      };

  /// Copies.
  public LambdaShape {
    interfaces = List.copyOf(interfaces);
    bridges = List.copyOf(bridges);
  }

  /// {@return a lambda of this shape}
  ///
  /// @param values what it captures, in order
  Object instantiate(@Nullable Object[] values) {
    Map<LambdaShape, MethodHandle> factories = FACTORIES.get(capturing);
    MethodHandle factory = factories.get(this);
    if (factory == null) {
      factory = link();
      factories.put(this, factory);
    }
    try {
      return (Object) factory.invokeExact(values);
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  private MethodHandle link() {
    MethodHandles.Lookup lookup = Memory.LOOKUP.in(capturing);
    ClassLoader loader = capturing.getClassLoader();
    MethodType factoryType = type(captured, loader).changeReturnType(interfaces.get(0));
    try {
      CallSite site =
          LambdaMetafactory.altMetafactory(lookup, method, factoryType, arguments(lookup, loader));
      return site.getTarget()
          .asSpreader(Object[].class, factoryType.parameterCount())
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(
          "the code of a lambda from "
              + capturing.getName()
              + " is gone: the cell was changed since the lambda was made",
          e);
    } catch (ReflectiveOperationException | java.lang.invoke.LambdaConversionException e) {
      throw new IllegalStateException(
          "a lambda of " + capturing.getName() + " cannot be rebuilt: " + e, e);
    }
  }

  private Object[] arguments(MethodHandles.Lookup lookup, ClassLoader loader)
      throws ReflectiveOperationException {
    List<Class<?>> markers = new ArrayList<>();
    int flags = 0;
    for (Class<?> each : interfaces.subList(1, interfaces.size())) {
      if (each != java.io.Serializable.class) {
        markers.add(each);
      }
    }
    if (java.io.Serializable.class.isAssignableFrom(interfaces.get(0))
        || interfaces.contains(java.io.Serializable.class)) {
      flags |= LambdaMetafactory.FLAG_SERIALIZABLE;
    }
    flags |= markers.isEmpty() ? 0 : LambdaMetafactory.FLAG_MARKERS;
    flags |= bridges.isEmpty() ? 0 : LambdaMetafactory.FLAG_BRIDGES;
    List<Object> arguments = new ArrayList<>();
    arguments.add(type(erased, loader));
    arguments.add(code(lookup, loader));
    arguments.add(type(instantiated, loader));
    arguments.add(flags);
    if (!markers.isEmpty()) {
      arguments.add(markers.size());
      arguments.addAll(markers);
    }
    if (!bridges.isEmpty()) {
      arguments.add(bridges.size());
      bridges.forEach(bridge -> arguments.add(type(bridge, loader)));
    }
    return arguments.toArray();
  }

  private MethodHandle code(MethodHandles.Lookup lookup, ClassLoader loader)
      throws ReflectiveOperationException {
    MethodType type = type(descriptor, loader);
    return switch (kind) {
      case MethodHandleInfo.REF_invokeStatic -> lookup.findStatic(owner, implementation, type);
      case MethodHandleInfo.REF_newInvokeSpecial -> lookup.findConstructor(owner, type);
      case MethodHandleInfo.REF_invokeSpecial ->
          lookup.findSpecial(owner, implementation, type, capturing);
      case MethodHandleInfo.REF_invokeVirtual, MethodHandleInfo.REF_invokeInterface ->
          lookup.findVirtual(owner, implementation, type);
      default -> throw new IllegalStateException("a lambda cannot be of kind " + kind);
    };
  }

  private static MethodType type(String descriptor, ClassLoader loader) {
    return MethodType.fromMethodDescriptorString(descriptor, loader);
  }
}

package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.Serializer;
import java.io.Externalizable;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Decides for each class how its values travel; found once per class.
/*
 * The order of the questions is the policy: what Argosy knows better than the class (lambdas,
 * records, enums, the JDK's common collections), then what cannot travel, then what the class says
 * itself (Externalizable, writeReplace, writeObject), and field by field for all others, whether
 * they are Serializable or not.
 */
final class Codings {

  private static final ClassValue<Coding> CODINGS =
      new ClassValue<>() {
        @Override
        protected Coding computeValue(Class<?> type) {
          return find(type);
        }
      };

  private static final ClassValue<Coding> WITHOUT_REPLACEMENT =
      new ClassValue<>() {
        @Override
        protected Coding computeValue(Class<?> type) {
          return itself(type);
        }
      };

  private Codings() {}

  /// {@return how the values of a class travel}
  static Coding of(Class<?> type) {
    return CODINGS.get(type);
  }

  /// {@return the same, but without asking the class to replace the value}
  static Coding ofItself(Class<?> type) {
    return WITHOUT_REPLACEMENT.get(type);
  }

  private static Coding find(Class<?> type) {
    Serializer<?> platform = PlatformCoders.of(type);
    if (platform != null) {
      return PlatformCoders.isUnshared(type)
          ? Coding.unshared(type, platform)
          : Coding.of(type, platform);
    }
    if (type.isArray()) {
      return Coding.of(type, ArrayCoders.of(type));
    }
    if (type == Lambda.class) {
      return Coding.of(type, new LambdaCoder());
    }
    if (LambdaClass.isLambda(type)) {
      return Coding.of(Lambda.class, new LambdaCoder(type));
    }
    if (type == Replaced.class) {
      return Coding.of(type, new NamedCoders.OfReplaced(null, null));
    }
    ImmutableCoder immutable = ImmutableCoder.of(type);
    if (immutable != null) {
      return Coding.of(type, immutable);
    }
    Coding named = byName(type);
    if (named != null) {
      return named;
    }
    MethodHandle writeReplace = Hooks.writeReplace(type);
    if (writeReplace != null) {
      return Coding.of(Replaced.class, new NamedCoders.OfReplaced(writeReplace, itself(type)));
    }
    Coding special = special(type);
    if (special != null) {
      return special;
    }
    Denials.Refusal refusal = Denials.of(type);
    if (refusal != null) {
      return Coding.of(Object.class, refusal);
    }
    boolean isRefused = Denials.isInternal(type) && !Serializable.class.isAssignableFrom(type);
    return isRefused ? Coding.of(Object.class, Denials.ofInternal()) : itself(type);
  }

  private static @Nullable Coding special(Class<?> type) {
    Coder<?> concurrent = ConcurrencyCoders.of(type);
    if (concurrent != null) {
      return Coding.of(type, concurrent);
    }
    if (type == Scanner.class) {
      return Coding.of(type, new ScannerCoder());
    }
    if (SubListCoder.isFor(type)) {
      return Coding.of(type, new SubListCoder(type));
    }
    if (type == NullPointerException.class) {
      return Coding.of(type, new NullPointerCoder());
    }
    if (type == WeakReference.class || type == SoftReference.class) {
      return Coding.of(type, new ReferenceCoder());
    }
    return BufferCoder.isFor(type) ? BufferCoder.coding(type) : null;
  }

  private static @Nullable Coding byName(Class<?> type) {
    if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
      return type == StandardStream.class
          ? Coding.unshared(type, new StandardStream.OfStream())
          : Coding.of(type.isEnum() ? type : type.getSuperclass(), new NamedCoders.OfEnum());
    }
    if (type == LambdaShape.class) {
      return Coding.of(type, new LambdaCoder.OfShape());
    }
    if (type == Class.class) {
      return Coding.of(type, new NamedCoders.OfClass());
    }
    if (Path.class.isAssignableFrom(type)) {
      return Coding.of(Path.class, new NamedCoders.OfPath());
    }
    if (Charset.class.isAssignableFrom(type)) {
      return Coding.of(Charset.class, new NamedCoders.OfCharset());
    }
    if (Logger.class.isAssignableFrom(type)) {
      return Coding.of(Logger.class, new NamedCoders.OfLogger());
    }
    if (System.Logger.class.isAssignableFrom(type)
        && (type == System.Logger.class || Denials.isOfThePlatform(type))) {
      return Coding.of(System.Logger.class, new NamedCoders.OfSystemLogger());
    }
    if (type == Proxy.class || Proxy.isProxyClass(type)) {
      return Coding.of(Proxy.class, new NamedCoders.OfProxy());
    }
    return null;
  }

  private static Coding itself(Class<?> type) {
    if (type.isHidden()) {
      return Coding.of(Object.class, Denials.ofUnnamed());
    }
    MethodHandle readResolve = Hooks.readResolve(type);
    if (type.isRecord()) {
      return Coding.of(type, new RecordCoder(type, readResolve));
    }
    if (Externalizable.class.isAssignableFrom(type)) {
      return Coding.of(type, new ExternalCoder(type, readResolve));
    }
    if (Serializable.class.isAssignableFrom(type) && Hooks.hasStreamHooks(type)) {
      return Coding.of(type, new HookCoder(type, readResolve));
    }
    return Coding.of(type, new FieldCoder(type, readResolve));
  }
}

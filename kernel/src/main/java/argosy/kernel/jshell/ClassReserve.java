package argosy.kernel.jshell;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import org.jspecify.annotations.Nullable;

/// Room for classes, kept back for the time after a cell has filled all that there is: without it
/// there would be none for the snippet that gives it back. Taken only where the virtual machine was
/// given a limit. Confined to the thread of the cells.
final class ClassReserve {

  private static final long MAX_BYTES = 8L << 20;
  private static final int METHOD_BYTES = 60_000;
  private static final int METHODS = 16;

  private final long classes = Math.ceilDiv(wantedBytes(), METHOD_BYTES * METHODS);
  private @Nullable ClassLoader kept = load();

  private static long wantedBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(ClassReserve::limit)
        .map(limit -> Math.min(MAX_BYTES, limit / 12))
        .findFirst()
        .orElse(0);
  }

  private static long limit(MemoryPoolMXBean pool) {
    return Math.max(0, pool.getUsage().getMax());
  }

  /// Classes are given back only together with their loader.
  private @Nullable ClassLoader load() {
    if (classes == 0) {
      return null;
    }
    try {
      Filler filler = new Filler();
      for (int i = 0; i < classes; i++) {
        filler.define("argosy.reserve.Filler" + i);
      }
      return filler;
    } catch (OutOfMemoryError e) {
      return null;
    }
  }

  /// Makes room.
  void release() {
    kept = null;
  }

  /// Keeps room back again, as soon as there is enough.
  void restore() {
    if (kept == null) {
      kept = load();
    }
  }

  private static final class Filler extends ClassLoader {

    Filler() {
      super(null);
    }

    void define(String name) {
      byte[] bytes =
          ClassFile.of()
              .build(
                  ClassDesc.of(name),
                  type -> {
                    for (int i = 0; i < METHODS; i++) {
                      type.withMethodBody(
                          "fill" + i,
                          ConstantDescs.MTD_void,
                          ClassFile.ACC_STATIC,
                          code -> {
                            for (int at = 0; at < METHOD_BYTES; at++) {
                              code.nop();
                            }
                            code.return_();
                          });
                    }
                  });
      defineClass(name, bytes, 0, bytes.length);
    }
  }
}

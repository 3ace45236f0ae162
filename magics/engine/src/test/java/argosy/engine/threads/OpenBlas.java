package argosy.engine.threads;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A native library that starts threads, as somebody has loaded it who knows nothing of us.
public final class OpenBlas {

  /// Each needs those before it, where the platform has them.
  private static final List<String> FILES =
      List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");

  private final SymbolLookup symbols;

  private OpenBlas(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /// Puts the library's files into a folder.
  public static void copyTo(Path folder) throws IOException {
    String platform = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
    for (String file : FILES) {
      try (InputStream in =
          OpenBlas.class.getResourceAsStream(
              "/org/bytedeco/openblas/linux-" + platform + "/" + file)) {
        if (in != null) {
          Files.copy(in, folder.resolve(file));
        }
      }
    }
  }

  /// Loads it from a folder.
  @SuppressWarnings("restricted") // foreign calls are what this is for
  public static OpenBlas loadFrom(Path folder) {
    SymbolLookup last = null;
    for (String file : FILES) {
      if (Files.exists(folder.resolve(file))) {
        last = SymbolLookup.libraryLookup(folder.resolve(file), Arena.global());
      }
    }
    if (last == null) {
      throw new IllegalStateException("the library is not in " + folder);
    }
    return new OpenBlas(last);
  }

  /// {@return how many threads it starts}
  @SuppressWarnings("restricted") // foreign calls are what this is for
  public int threads() {
    try {
      return (int)
          Linker.nativeLinker()
              .downcallHandle(
                  symbols.findOrThrow("openblas_get_num_threads"),
                  FunctionDescriptor.of(ValueLayout.JAVA_INT))
              .invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Says how many threads it starts.
  @SuppressWarnings("restricted") // foreign calls are what this is for
  public void use(int threads) {
    try {
      Linker.nativeLinker()
          .downcallHandle(
              symbols.findOrThrow("openblas_set_num_threads"),
              FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
          .invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}

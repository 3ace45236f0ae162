package argosy.engine.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeThreadsTest {

  @ParameterizedTest
  @CsvSource({
    "/usr/lib/libopenblas.so.0, openblas",
    "/x/libopenblasp-r0-09e95953.3.13.so, openblas",
    "/x/libopenblas_nolapack.so.0, openblas",
    "/x/libmkl_rt.so.2, mkl_rt",
    "/usr/lib/libgomp.so.1.0.0, gomp",
    "/x/libgomp-a34b3233.so.1 (deleted), gomp",
    "/x/libiomp5.so, iomp5",
    "/x/libomp.so, omp",
    "/x/libblis.so.4, blis",
    "/x/libjniopenblas.so, ''",
    "/x/libcomp.so, ''",
    "/x/libompt.so, ''",
    "/x/libgomp/other.so, ''"
  })
  void librariesAreToldByTheirFiles(String file, String library) {
    List<String> expected = library.isEmpty() ? List.of() : List.of(library);
    assertThat(NativeThreads.of(Map.of(), List.of(file, "/usr/lib/libc.so.6", file)).libraries())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -        | - | -          | 0
          4        | - | -          | 4
          -        | 3 | -          | 3
          -        | - | libgomp.so | 8
          2        | - | libgomp.so | 2
          4,2      | - | libgomp.so | 4
          many     | - | libgomp.so | 8
          0        | - | libgomp.so | 8
          many     | - | -          | 0
          -        | - | libopenblas.so | 8
          -        | 3 | libopenblas.so | 3
          2        | - | libopenblas.so | 2
          1        | 3 | libopenblas.so | 3
          """)
  void aLibraryTakesWhatItsVariableSaysOrAllProcessors(
      String omp, String openblas, String library, int expected) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "16");
    if (omp != null) {
      environment.put("OMP_NUM_THREADS", omp);
    }
    if (openblas != null) {
      environment.put("OPENBLAS_NUM_THREADS", openblas);
    }
    List<String> files = library == null ? List.of() : List.of("/lib/" + library);
    assertThat(NativeThreads.of(environment, files).atATime(8)).isEqualTo(expected);
  }

  @Test
  void namesTheVariablesThatAllowMore() {
    NativeThreads natives =
        NativeThreads.of(
            Map.of("OMP_NUM_THREADS", "4,2", "MKL_NUM_THREADS", "2", "BLIS_NUM_THREADS", "x"),
            List.of());
    assertThat(natives.allowingMoreThan(2)).containsExactly("OMP_NUM_THREADS");
    assertThat(natives.allowingMoreThan(1)).containsExactly("OMP_NUM_THREADS", "MKL_NUM_THREADS");
  }
}

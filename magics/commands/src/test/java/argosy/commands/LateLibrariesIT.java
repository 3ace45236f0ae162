package argosy.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What Java looks for once in a process, on a worker that has looked before the library came.
@Timeout(300)
class LateLibrariesIT {

  private static final String DRIVER =
      """
      package lib;
      import java.sql.*;
      import java.util.Properties;
      import java.util.logging.Logger;

      public class Greeter implements Driver {
        static {
          try {
            DriverManager.registerDriver(new Greeter());
          } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
          }
        }

        @Override public boolean acceptsURL(String url) { return url.startsWith("jdbc:greeter:"); }
        @Override public Connection connect(String url, Properties info) { return null; }
        @Override public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
          return new DriverPropertyInfo[0];
        }
        @Override public int getMajorVersion() { return 1; }
        @Override public int getMinorVersion() { return 0; }
        @Override public boolean jdbcCompliant() { return false; }
        @Override public Logger getParentLogger() { return Logger.getGlobal(); }
      }
      """;

  private static final String READER =
      """
      package lib;
      import java.util.Locale;
      import javax.imageio.ImageReader;
      import javax.imageio.spi.ImageReaderSpi;
      import javax.imageio.stream.ImageInputStream;

      public class Greeter extends ImageReaderSpi {
        public Greeter() {
          super("lib", "1", new String[] {"greeting"}, null, null, "lib.Reader",
              new Class<?>[] {ImageInputStream.class}, null, false, null, null, null, null,
              false, null, null, null, null);
        }

        @Override public boolean canDecodeInput(Object source) { return false; }
        @Override public ImageReader createReaderInstance(Object extension) { return null; }
        @Override public String getDescription(Locale locale) { return "greetings"; }
      }
      """;

  @TempDir private Path folder;
  private Notebook notebook;

  @BeforeEach
  void open() {
    notebook = Notebook.open(folder);
    notebook.run("%workers 1").shown();
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private String library(String source, String service) throws IOException {
    Path library = folder.resolve("library");
    Path services = Files.createDirectories(library.resolve("META-INF/services"));
    Files.writeString(services.resolve(service), "lib.Greeter");
    Path file = Files.createDirectories(folder.resolve("lib")).resolve("Greeter.java");
    Files.writeString(file, source);
    int exit =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, "-d", library.toString(), file.toString());
    if (exit != 0) {
      throw new IllegalStateException("the library does not compile");
    }
    return "%classpath '" + library + "'";
  }

  @Test
  void aDriverIsFound() throws IOException {
    notebook
        .run("import java.sql.*;\nParallel.submit(() -> DriverManager.drivers().count()).get()")
        .shows("0");
    notebook.run(library(DRIVER, "java.sql.Driver")).showsNothing();
    notebook
        .run(
            """
            Parallel.submit(() -> DriverManager.getDriver("jdbc:greeter:x").getClass().getName()).get()
            """)
        .shows("lib.Greeter");
  }

  @Test
  void anImageFormatIsFound() throws IOException {
    String formats =
        """
        import javax.imageio.*;
        Parallel.submit(() -> List.of(ImageIO.getReaderFormatNames()).contains("greeting")).get()
        """;
    notebook.run(formats).shows("false");
    notebook.run(library(READER, "javax.imageio.spi.ImageReaderSpi")).showsNothing();
    notebook.run(formats).shows("true");
  }
}

package argosy.kernel.jshell;

import argosy.kernel.magic.BuiltInMagics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Java looks for once, and a later cell adds.
class LateServicesTest {

  private static final String DRIVERS = "META-INF/services/java.sql.Driver";

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
  private TestSession session;

  @BeforeEach
  void open() {
    session = TestSession.open(new BuiltInMagics());
  }

  @AfterEach
  void close() {
    session.close();
  }

  private String library(String source, String service, String provider) throws IOException {
    Path jar = folder.resolve("lib.jar");
    ClassJar.write(jar, source, Map.of(service, provider));
    return "%classpath " + jar;
  }

  @Test
  void aDriverIsFoundThatIsAddedAfterOthersWereLookedFor() throws IOException {
    session.run("import java.sql.*;\nDriverManager.drivers().count();").succeeds();
    session.run(library(DRIVER, DRIVERS, "lib.Greeter")).succeeds().notesNothing();
    session
        .run("DriverManager.getDriver(\"jdbc:greeter:x\").getClass().getName()")
        .shows("lib.Greeter");
  }

  @Test
  void aDriverThatIsNotThereLeavesItsLibraryUsable() throws IOException {
    session
        .run(library("package lib; public class Greeter {}", DRIVERS, "lib.Missing"))
        .succeeds()
        .notesNothing();
    session.run("new lib.Greeter() != null").shows("true");
  }

  @Test
  void anImageFormatIsFoundThatIsAddedAfterOthersWereLookedFor() throws IOException {
    String formats = "List.of(ImageIO.getReaderFormatNames()).contains(\"greeting\")";
    session.run("import javax.imageio.*;\n" + formats).shows("false");
    session
        .run(library(READER, "META-INF/services/javax.imageio.spi.ImageReaderSpi", "lib.Greeter"))
        .succeeds();
    session.run(formats).shows("true");
  }
}

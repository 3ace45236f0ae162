package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchCommandTest {

  @TempDir private Path directory;

  @AfterEach
  void noCache() {
    System.clearProperty("argosy.worker.cache");
  }

  @Test
  void startsWithTheCacheOfTheInstallation() throws Exception {
    Path cache = Files.createFile(directory.resolve("worker.aot"));
    System.setProperty("argosy.worker.cache", cache.toString());

    assertThat(optionsWith("-Xmx1g")).contains("-XX:AOTCache=" + cache, "-Xmx1g");
  }

  @Test
  void startsWithoutACacheThatIsGone() {
    System.setProperty("argosy.worker.cache", directory.resolve("worker.aot").toString());

    assertThat(optionsWith("-Xmx1g")).noneMatch(option -> option.contains("AOT"));
  }

  @Test
  void leavesTheCacheToWhoeverAsksForAnother() throws Exception {
    Path cache = Files.createFile(directory.resolve("worker.aot"));
    System.setProperty("argosy.worker.cache", cache.toString());

    assertThat(optionsWith("-XX:AOTCacheOutput=own.aot"))
        .doesNotContain("-XX:AOTCache=" + cache)
        .contains("-XX:AOTCacheOutput=own.aot");
    assertThat(optionsWith("-XX:SharedArchiveFile=own.jsa"))
        .doesNotContain("-XX:AOTCache=" + cache);
  }

  @Test
  void takesTheLocaleAndTheTimeZoneAsTheyAreNow() {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.of("de", "CH"));
      Locale.setDefault(Locale.Category.FORMAT, Locale.FRENCH);
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));

      assertThat(optionsWith("-Xmx1g"))
          .contains(
              "-Duser.language=de",
              "-Duser.country=CH",
              "-Duser.language.format=fr",
              "-Duser.country.format=",
              "-Duser.timezone=Asia/Tokyo");
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  private static List<String> optionsWith(String option) {
    return LaunchCommand.of(new WorkerSettings(2, "processes", null, List.of(option))).options();
  }
}

package argosy.kernel.dependency;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuilder;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.ConfigurationProperties;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.graph.manager.DependencyManagerUtils;
import org.jspecify.annotations.Nullable;

/// Maven's resolver, set up as Maven on this machine is: `settings.xml`, local repository, mirrors,
/// proxies, credentials. Opened on first use, because that takes a good part of a second.
final class MavenAccess implements AutoCloseable {

  /// Dead repositories are common in old notebooks; Maven's own limits let each of them cost half
  /// an hour.
  private static final Map<String, Object> PATIENCE =
      Map.of(
          ConfigurationProperties.CONNECT_TIMEOUT, 10_000,
          ConfigurationProperties.REQUEST_TIMEOUT, 60_000);

  /// The names of the machine that has Maven Central.
  private static final Set<String> CENTRAL = Set.of("repo1.maven.org", "repo.maven.apache.org");

  private final @Nullable Path localRepository;
  private final @Nullable Path settings;
  private final List<RemoteRepository> instead;
  private @Nullable Context context;
  private boolean isOffline;

  /// @param localRepository where files are kept, or null for Maven's usual place; if given, the
  ///   user's settings are not read
  /// @param settings the settings to read instead of the user's, or null
  /// @param instead the repositories to ask instead of Maven Central and those of the settings; if
  ///   empty, those
  MavenAccess(
      @Nullable Path localRepository, @Nullable Path settings, List<RemoteRepository> instead) {
    this.localRepository = localRepository;
    this.settings = settings;
    this.instead = List.copyOf(instead);
  }

  static RemoteRepository repository(String id, String url) {
    URI uri = URI.create(url);
    if (uri.getScheme() == null) {
      throw new IllegalArgumentException(
          "the repository's address '" + url + "' does not start with https:// or file:");
    }
    return new RemoteRepository.Builder(id, "default", encrypted(uri)).build();
  }

  /// {@return an address; that of Maven Central, which refuses whoever asks without encryption
  /// since 2020, in the way that it takes}
  private static String encrypted(URI uri) {
    boolean isCentral = uri.getHost() != null && CENTRAL.contains(uri.getHost());
    return isCentral ? uri.toString().replaceFirst("^(?i:http):", "https:") : uri.toString();
  }

  static Dependency dependency(Coordinate c) {
    return new Dependency(
        new DefaultArtifact(c.group(), c.artifact(), c.classifier(), c.type(), c.version()),
        "compile");
  }

  static String describe(RemoteRepository repository) {
    return repository.getId() + " (" + repository.getUrl() + ")";
  }

  RepositorySystem system() {
    return context().repositorySystem();
  }

  /// {@return a session of its own for one request}
  DefaultRepositorySystemSession session(Downloads downloads) {
    DefaultRepositorySystemSession session =
        new DefaultRepositorySystemSession(context().repositorySystemSession());
    session.setTransferListener(downloads);
    session.setOffline(isOffline());
    return session;
  }

  List<RemoteRepository> configuredRepositories() {
    return context().remoteRepositories();
  }

  /// {@return the repositories with the mirrors, proxies and credentials of the settings}
  List<RemoteRepository> prepare(List<RemoteRepository> repositories) {
    return context()
        .repositorySystem()
        .newResolutionRepositories(context().repositorySystemSession(), repositories);
  }

  @Override
  public synchronized void close() {
    if (context != null) {
      context.close();
      context = null;
    }
  }

  private synchronized Context context() {
    Context open = context;
    if (open == null) {
      open = open();
      context = open;
    }
    return open;
  }

  private synchronized boolean isOffline() {
    return isOffline;
  }

  private Context open() {
    Map<String, Object> config = new HashMap<>(PATIENCE);
    PATIENCE.keySet().stream()
        .filter(key -> System.getProperty(key) != null)
        .forEach(key -> config.put(key, System.getProperty(key)));
    config.put(DependencyManagerUtils.CONFIG_PROP_VERBOSE, true);
    boolean withSettings = localRepository == null || settings != null;
    ContextOverrides.Builder overrides =
        ContextOverrides.create().withUserSettings(withSettings).configProperties(config);
    if (localRepository != null) {
      overrides.withLocalRepositoryOverride(localRepository);
    }
    if (settings != null) {
      overrides.withUserSettingsXmlOverride(settings);
    }
    if (!instead.isEmpty()) {
      overrides
          .repositories(new ArrayList<>(instead))
          .addRepositoriesOp(ContextOverrides.AddRepositoriesOp.REPLACE);
    }
    Context opened = new StandaloneStaticRuntime().create(overrides.build());
    isOffline = withSettings && saysOffline(opened);
    return opened;
  }

  /// MIMA reads everything else of the settings, but not this.
  private static boolean saysOffline(Context context) {
    SettingsBuilder builder = context.lookup().lookup(SettingsBuilder.class).orElseThrow();
    try {
      return builder
          .build(
              new DefaultSettingsBuildingRequest()
                  .setUserSettingsFile(context.mavenUserHome().settingsXml().toFile())
                  .setSystemProperties(System.getProperties()))
          .getEffectiveSettings()
          .isOffline();
    } catch (SettingsBuildingException e) {
      throw new IllegalStateException("settings.xml cannot be read: " + e.getMessage(), e);
    }
  }
}

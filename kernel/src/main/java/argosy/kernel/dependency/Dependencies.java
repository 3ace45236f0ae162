package argosy.kernel.dependency;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.util.artifact.SubArtifact;
import org.jspecify.annotations.Nullable;

/// The libraries of one session: what was asked for, what was loaded, and the repositories that
/// know them.
///
/// Every request is resolved together with all earlier ones. A class path only grows, so what is
/// loaded keeps its version, and libraries that come later are chosen to fit it. A request that
/// fails changes nothing. Safe from any thread; requests wait for each other.
public final class Dependencies implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Dependencies.class.getName());

  private static final int CLOSE_SECONDS = 1;

  private final MavenAccess maven;
  private final Object lock = new Object();
  private final Set<String> sourcesAskedFor = ConcurrentHashMap.newKeySet();
  private final Downloads sourceDownloads = new Downloads(_ -> {});
  private final ExecutorService sourceFetcher =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform()
              .name("argosy/sources")
              .daemon()
              .inheritInheritableThreadLocals(false)
              .factory());

  private final List<RemoteRepository> added = new ArrayList<>();
  private JointResolution state = JointResolution.EMPTY;

  /// Uses Maven's local repository and the user's settings. Reads nothing yet.
  public Dependencies() {
    this(new MavenAccess(null, null, List.of()));
  }

  /// Keeps files in a folder of its own, reads no settings, and asks one repository instead of
  /// Maven Central.
  public Dependencies(Path localRepository, String id, String url) {
    this(new MavenAccess(localRepository, null, List.of(MavenAccess.repository(id, url))));
  }

  Dependencies(MavenAccess maven) {
    this.maven = maven;
  }

  /// Adds a repository, asked after those that are there already. One with the same id is replaced.
  ///
  /// @throws IllegalArgumentException if the URL has no scheme
  public void addRepository(String id, String url) {
    RemoteRepository repository = MavenAccess.repository(id, url);
    synchronized (lock) {
      added.removeIf(r -> r.getId().equals(id));
      added.add(repository);
    }
  }

  /// {@return the repositories in the order in which they are asked, as `id (url)`}
  public List<String> repositories() {
    return allRepositories().stream().map(MavenAccess::describe).toList();
  }

  /// {@return what requests have named so far, each as `group:artifact:version`}
  public List<String> requested() {
    return current().roots().stream().map(d -> JointResolution.describe(d.getArtifact())).toList();
  }

  /// {@return everything that requests have led to, each as `group:artifact:version`}
  public List<String> loaded() {
    return List.copyOf(current().loaded().values());
  }

  /// Finds artifacts and all that they need. Blocks while files are fetched.
  ///
  /// @param progress is told now and then, on another thread, what is being fetched
  /// @throws UnresolvedException if anything is missing; says what and where it was looked for
  /// @throws InterruptedException if the caller is interrupted meanwhile; then nothing is added
  public Resolution resolve(List<Coordinate> coordinates, Consumer<String> progress)
      throws UnresolvedException, InterruptedException {
    List<Dependency> wanted = coordinates.stream().map(MavenAccess::dependency).toList();
    return apart(progress, downloads -> new Pom.Wanted(wanted, List.of(), List.of()));
  }

  /// Finds the dependencies that a POM declares; otherwise as [#resolve]. Scopes `test` and
  /// `system` are left out.
  ///
  /// @param xml a whole POM, or only elements of one: `dependency`, `dependencies`, `repository`
  ///   and so on
  /// @param file where the POM stands, so that a parent beside it is found, or null
  /// @throws IllegalArgumentException if the text is no POM
  public Resolution resolvePom(String xml, @Nullable Path file, Consumer<String> progress)
      throws UnresolvedException, InterruptedException {
    return apart(progress, downloads -> Pom.read(xml, file, maven, downloads, allRepositories()));
  }

  /// Begins to fetch the sources of what requests have named, so that they lie beside the jars.
  /// Returns at once; what nobody has, or cannot be reached, is left out, and not asked for again.
  public void fetchSources() {
    try {
      sourceFetcher.execute(this::fetchSourcesNow);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "no sources are fetched any more");
    }
  }

  private void fetchSourcesNow() {
    Map<String, String> loaded = current().loaded();
    List<String> wanted =
        current().roots().stream()
            .map(root -> JointResolution.key(root.getArtifact()))
            .filter(key -> key.endsWith(":jar:") && loaded.containsKey(key))
            .filter(sourcesAskedFor::add)
            .toList();
    DefaultRepositorySystemSession session = maven.session(sourceDownloads);
    for (String key : wanted) {
      if (sourceFetcher.isShutdown()) {
        return;
      }
      Artifact sources = new SubArtifact(new DefaultArtifact(loaded.get(key)), "sources", "jar");
      try {
        maven
            .system()
            .resolveArtifact(session, new ArtifactRequest(sources, allRepositories(), null));
      } catch (ArtifactResolutionException e) {
        LOG.log(Level.DEBUG, "no sources of {0}", key);
      }
    }
  }

  /// Ends what is being fetched in the background and frees what the resolver holds. Idempotent.
  @Override
  public void close() {
    sourceFetcher.shutdown();
    sourceDownloads.cancel();
    try {
      // Whoever does not listen goes with the process.
      boolean _ = sourceFetcher.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    maven.close();
  }

  private interface Wish {
    Pom.Wanted read(Downloads downloads) throws UnresolvedException;
  }

  /// The network is waited for on a thread that nobody interrupts: the HTTP client ignores an
  /// interrupt until its timeout, and a file channel closes on one.
  private Resolution apart(Consumer<String> progress, Wish wish)
      throws UnresolvedException, InterruptedException {
    Downloads downloads = new Downloads(progress);
    List<RemoteRepository> repositories = allRepositories();
    JointResolution before = current();
    Callable<JointResolution> work =
        () -> before.with(wish.read(downloads), maven, downloads, repositories);
    FutureTask<JointResolution> task = new FutureTask<>(work);
    Thread.ofPlatform().name("argosy/maven").daemon().start(task);
    try {
      JointResolution after = task.get();
      downloads.finish();
      synchronized (lock) {
        state = after;
      }
      return after.last();
    } catch (InterruptedException e) {
      downloads.cancel();
      throw e;
    } catch (ExecutionException e) {
      throw unwrap(e.getCause());
    }
  }

  private static UnresolvedException unwrap(@Nullable Throwable cause) {
    return switch (cause) {
      case UnresolvedException unresolved -> unresolved;
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException("the resolver failed", cause);
    };
  }

  private JointResolution current() {
    synchronized (lock) {
      return state;
    }
  }

  private List<RemoteRepository> allRepositories() {
    List<RemoteRepository> all = new ArrayList<>(maven.configuredRepositories());
    synchronized (lock) {
      all.removeIf(r -> added.stream().anyMatch(a -> a.getId().equals(r.getId())));
      all.addAll(maven.prepare(added));
    }
    return List.copyOf(all);
  }
}

package argosy.kernel.dependency;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.graph.manager.DependencyManagerUtils;
import org.eclipse.aether.util.version.GenericVersionScheme;
import org.eclipse.aether.version.InvalidVersionSpecificationException;
import org.eclipse.aether.version.VersionScheme;

/// What a session has after some requests: what they named, the artifacts that this led to, and
/// what the last of them added.
///
/// @param roots what requests named, the newest first, so that it wins over older requests
/// @param managed versions that POMs of earlier requests fixed
/// @param loaded by [#key], the artifact that the class path has, as text
/// @param said the notices of all requests, which later ones do not repeat
/// @param last what the last request added
record JointResolution(
    List<Dependency> roots,
    List<Dependency> managed,
    Map<String, String> loaded,
    Set<Notice> said,
    Resolution last) {

  /// What the user should know of a library that the session has.
  record Notice(String group, String artifact, String text) {

    private static Notice stays(Artifact loaded, String name, String asked, String who) {
      return new Notice(
          loaded.getGroupId(),
          loaded.getArtifactId(),
          name
              + " is loaded already and stays; "
              + who
              + " "
              + asked
              + ". To have that one, restart the kernel and ask for it first.");
    }

    private boolean isAbout(Artifact other) {
      return other.getGroupId().equals(group) && other.getArtifactId().equals(artifact);
    }
  }

  static final JointResolution EMPTY =
      new JointResolution(
          List.of(), List.of(), Map.of(), Set.of(), new Resolution(List.of(), List.of()));

  private static final DependencyFilter RUNTIME =
      DependencyFilterUtils.classpathFilter("compile", "runtime", "provided");

  /// Resolves everything so far and more. Blocks; changes nothing here.
  JointResolution with(
      Pom.Wanted wanted,
      MavenAccess maven,
      Downloads downloads,
      List<RemoteRepository> repositories)
      throws UnresolvedException {
    List<RemoteRepository> all = new ArrayList<>(repositories);
    all.addAll(maven.prepare(wanted.repositories()));
    List<Dependency> newRoots = new ArrayList<>(wanted.dependencies());
    roots.stream()
        .filter(old -> newRoots.stream().noneMatch(d -> key(d).equals(key(old))))
        .forEach(newRoots::add);
    List<Dependency> newManaged = new ArrayList<>(wanted.managed());
    newManaged.addAll(managed);
    RepositorySystemSession session = maven.session(downloads);
    DependencyResult result;
    try {
      result =
          maven
              .system()
              .resolveDependencies(
                  session,
                  new DependencyRequest(
                      new CollectRequest(newRoots, pinned(newManaged), all), RUNTIME));
    } catch (DependencyResolutionException e) {
      throw new Blame(maven.system(), session, all).of(e);
    }
    return grown(wanted, newRoots, newManaged, result);
  }

  private JointResolution grown(
      Pom.Wanted wanted,
      List<Dependency> newRoots,
      List<Dependency> newManaged,
      DependencyResult result) {
    Map<String, String> nowLoaded = new LinkedHashMap<>(loaded);
    List<Path> jars = new ArrayList<>();
    Set<Notice> notices = new LinkedHashSet<>();
    for (ArtifactResult found : result.getArtifactResults()) {
      Artifact artifact = found.getArtifact();
      String name = describe(artifact);
      String before = nowLoaded.putIfAbsent(key(artifact), name);
      if (before == null) {
        if (artifact.getExtension().equals("jar")) {
          jars.add(artifact.getFile().toPath());
        }
      } else if (!before.equals(name)) {
        notices.add(Notice.stays(artifact, before, artifact.getVersion(), "this cell asks for"));
      }
    }
    olderThanAsked(result.getRoot(), notices);
    List<String> news =
        notices.stream()
            .filter(notice -> !said.contains(notice) || isAbout(notice, wanted))
            .map(Notice::text)
            .sorted()
            .toList();
    notices.addAll(said);
    return new JointResolution(
        List.copyOf(newRoots),
        List.copyOf(newManaged),
        nowLoaded,
        notices,
        new Resolution(jars, news));
  }

  /// Whether a notice is about what a request names itself.
  private static boolean isAbout(Notice notice, Pom.Wanted wanted) {
    return wanted.dependencies().stream().map(Dependency::getArtifact).anyMatch(notice::isAbout);
  }

  /// What is loaded decides the version wherever a library needs it in turn.
  private List<Dependency> pinned(List<Dependency> newManaged) {
    List<Dependency> all = new ArrayList<>();
    loaded.values().forEach(name -> all.add(new Dependency(new DefaultArtifact(name), "")));
    newManaged.stream().filter(d -> !loaded.containsKey(key(d))).forEach(all::add);
    return all;
  }

  private void olderThanAsked(DependencyNode node, Set<Notice> notices) {
    String asked = DependencyManagerUtils.getPremanagedVersion(node);
    Artifact artifact = node.getArtifact();
    if (asked != null && artifact != null && loaded.containsKey(key(artifact))) {
      if (isOlder(artifact.getVersion(), asked)) {
        notices.add(Notice.stays(artifact, describe(artifact), asked, "a library asks for"));
      }
    }
    node.getChildren().forEach(child -> olderThanAsked(child, notices));
  }

  private static boolean isOlder(String version, String than) {
    VersionScheme scheme = new GenericVersionScheme();
    try {
      return scheme.parseVersion(version).compareTo(scheme.parseVersion(than)) < 0;
    } catch (InvalidVersionSpecificationException _) {
      return false;
    }
  }

  private static String key(Dependency dependency) {
    return key(dependency.getArtifact());
  }

  static String key(Artifact a) {
    return String.join(":", a.getGroupId(), a.getArtifactId(), a.getExtension(), a.getClassifier());
  }

  /// {@return the artifact's name as [Coordinate] reads it}
  static String describe(Artifact a) {
    return new Coordinate(
            a.getGroupId(), a.getArtifactId(), a.getExtension(), a.getClassifier(), a.getVersion())
        .toString();
  }
}

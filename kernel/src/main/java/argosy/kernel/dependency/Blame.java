package argosy.kernel.dependency;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.resolution.VersionRangeRequest;
import org.eclipse.aether.resolution.VersionRangeResolutionException;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.transfer.RepositoryOfflineException;
import org.eclipse.aether.version.Version;

/// Turns the resolver's nested exceptions into one that a user can act on.
final class Blame {

  private static final int MAX_VERSIONS = 5;

  private final RepositorySystem system;
  private final RepositorySystemSession session;
  private final List<RemoteRepository> repositories;

  Blame(
      RepositorySystem system,
      RepositorySystemSession session,
      List<RemoteRepository> repositories) {
    this.system = system;
    this.session = session;
    this.repositories = List.copyOf(repositories);
  }

  UnresolvedException of(DependencyResolutionException failure) {
    List<String> lines = new ArrayList<>();
    DependencyResult result = failure.getResult();
    if (result != null) {
      for (ArtifactResult artifact : result.getArtifactResults()) {
        if (!artifact.isResolved()) {
          describe(artifact, lines);
        }
      }
    }
    if (lines.isEmpty()) {
      Set<String> messages = new LinkedHashSet<>();
      for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
        messages.add(String.valueOf(t.getMessage()));
      }
      lines.addAll(messages);
      lines.add("repositories: " + describe(repositories));
    }
    return new UnresolvedException(String.join("\n", lines), failure);
  }

  private void describe(ArtifactResult artifact, List<String> lines) {
    lines.add("cannot get " + JointResolution.describe(artifact.getRequest().getArtifact()) + ":");
    Set<String> answers = new LinkedHashSet<>();
    for (Exception e : artifact.getExceptions()) {
      answers.add("  " + answer(e));
    }
    lines.addAll(answers);
    List<String> versions = versions(artifact.getRequest().getArtifact());
    if (!versions.isEmpty()) {
      lines.add("  there are versions " + String.join(", ", versions));
    }
  }

  /// {@return the newest versions that there are, the newest first}
  private List<String> versions(Artifact artifact) {
    try {
      VersionRangeRequest any =
          new VersionRangeRequest(artifact.setVersion("[0,)"), repositories, "");
      return system.resolveVersionRange(session, any).getVersions().reversed().stream()
          .map(Version::toString)
          .limit(MAX_VERSIONS)
          .toList();
    } catch (VersionRangeResolutionException _) {
      return List.of();
    }
  }

  private static String answer(Exception e) {
    return switch (e) {
      case ArtifactNotFoundException n when n.getCause() instanceof RepositoryOfflineException ->
          MavenAccess.describe(n.getRepository()) + ": not asked, settings.xml says offline";
      case ArtifactNotFoundException n when n.getRepository() != null ->
          MavenAccess.describe(n.getRepository()) + ": does not have it";
      case ArtifactTransferException t when t.getRepository() != null ->
          MavenAccess.describe(t.getRepository()) + ": " + reason(t);
      default -> String.valueOf(e.getMessage());
    };
  }

  private static String reason(ArtifactTransferException e) {
    Throwable cause = e.getCause();
    if (cause == null) {
      return String.valueOf(e.getMessage());
    }
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }

  private static String describe(List<RemoteRepository> repositories) {
    return String.join(", ", repositories.stream().map(MavenAccess::describe).toList());
  }
}

package argosy.kernel.dependency;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;

/// Turns the resolver's nested exceptions into one that a user can act on.
final class Blame {

  private Blame() {}

  static UnresolvedException of(
      DependencyResolutionException failure, List<RemoteRepository> repositories) {
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

  private static void describe(ArtifactResult artifact, List<String> lines) {
    lines.add(
        "cannot get "
            + JointResolution.describe(artifact.getRequest().getArtifact())
            + "; asked were:");
    Set<String> answers = new LinkedHashSet<>();
    for (Exception e : artifact.getExceptions()) {
      answers.add("  " + answer(e));
    }
    lines.addAll(answers);
  }

  private static String answer(Exception e) {
    return switch (e) {
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

package argosy.kernel.dependency;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.FileModelSource;
import org.apache.maven.model.resolution.ModelResolver;
import org.apache.maven.model.resolution.UnresolvableModelException;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/// Fetches the parents of a POM and the version lists that it imports.
final class PomSource implements ModelResolver {

  private final MavenAccess maven;
  private final Downloads downloads;
  private final List<RemoteRepository> repositories;

  PomSource(MavenAccess maven, Downloads downloads, List<RemoteRepository> repositories) {
    this.maven = maven;
    this.downloads = downloads;
    this.repositories = new ArrayList<>(repositories);
  }

  @Override
  public FileModelSource resolveModel(String groupId, String artifactId, String version)
      throws UnresolvableModelException {
    try {
      ArtifactRequest request =
          new ArtifactRequest(
              new DefaultArtifact(groupId, artifactId, "", "pom", version), repositories, "");
      return new FileModelSource(
          maven
              .system()
              .resolveArtifact(maven.session(downloads), request)
              .getArtifact()
              .getFile());
    } catch (ArtifactResolutionException e) {
      throw new UnresolvableModelException(e.getMessage(), groupId, artifactId, version, e);
    }
  }

  @Override
  public FileModelSource resolveModel(Parent parent) throws UnresolvableModelException {
    return resolveModel(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
  }

  @Override
  public FileModelSource resolveModel(Dependency dependency) throws UnresolvableModelException {
    return resolveModel(
        dependency.getGroupId(), dependency.getArtifactId(), dependency.getVersion());
  }

  @Override
  public void addRepository(Repository repository) {
    addRepository(repository, false);
  }

  @Override
  public void addRepository(Repository repository, boolean replace) {
    boolean known = repositories.stream().anyMatch(r -> r.getId().equals(repository.getId()));
    if (known && replace) {
      repositories.removeIf(r -> r.getId().equals(repository.getId()));
    }
    if (!known || replace) {
      repositories.addAll(maven.prepare(List.of(Pom.convert(repository))));
    }
  }

  @Override
  public ModelResolver newCopy() {
    return new PomSource(maven, downloads, repositories);
  }
}

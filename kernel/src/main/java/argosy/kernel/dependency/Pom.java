package argosy.kernel.dependency;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.model.Model;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.ArtifactType;
import org.eclipse.aether.artifact.ArtifactTypeRegistry;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.RemoteRepository;
import org.jspecify.annotations.Nullable;

/// Reads what a POM, or a few elements of one, ask for.
final class Pom {

  /// What one request asks for.
  ///
  /// @param dependencies what it names
  /// @param managed versions that it fixes wherever they are needed
  /// @param repositories where else to look
  record Wanted(
      List<org.eclipse.aether.graph.Dependency> dependencies,
      List<org.eclipse.aether.graph.Dependency> managed,
      List<RemoteRepository> repositories) {}

  private static final Set<String> LEFT_OUT = Set.of("test", "system", "import");

  private final ArtifactTypeRegistry types;

  private Pom(ArtifactTypeRegistry types) {
    this.types = types;
  }

  /// Reads a POM with its parents and imported version lists, which may have to be fetched.
  ///
  /// @throws IllegalArgumentException if the text is no POM
  /// @throws UnresolvedException if something that it refers to is missing
  static Wanted read(
      String xml,
      @Nullable Path file,
      MavenAccess maven,
      Downloads downloads,
      List<RemoteRepository> repositories)
      throws UnresolvedException {
    PomSource source = new PomSource(maven, downloads, repositories);
    Model model = effective(parse(PomText.whole(xml)), file, source);
    Pom pom = new Pom(maven.session(downloads).getArtifactTypeRegistry());
    DependencyManagement management = model.getDependencyManagement();
    return new Wanted(
        model.getDependencies().stream()
            .filter(d -> !LEFT_OUT.contains(String.valueOf(d.getScope())))
            .map(pom::convert)
            .toList(),
        management == null
            ? List.of()
            : management.getDependencies().stream().map(pom::convert).toList(),
        model.getRepositories().stream()
            .filter(r -> repositories.stream().noneMatch(known -> known.getId().equals(r.getId())))
            .map(Pom::convert)
            .toList());
  }

  static RemoteRepository convert(Repository repository) {
    return MavenAccess.repository(repository.getId(), repository.getUrl());
  }

  private static Model parse(String xml) {
    try {
      return new MavenXpp3Reader().read(new StringReader(xml), false);
    } catch (XmlPullParserException e) {
      throw new IllegalArgumentException("this is no POM: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("a string could not be read", e);
    }
  }

  private static Model effective(Model raw, @Nullable Path file, PomSource source)
      throws UnresolvedException {
    Properties system = new Properties();
    system.putAll(System.getProperties());
    ModelBuildingRequest request =
        new DefaultModelBuildingRequest()
            .setRawModel(raw)
            .setModelResolver(source)
            .setSystemProperties(system)
            .setProcessPlugins(false)
            .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL);
    if (file != null) {
      raw.setPomFile(file.toFile());
      request.setPomFile(file.toFile());
    }
    try {
      return new DefaultModelBuilderFactory().newInstance().build(request).getEffectiveModel();
    } catch (ModelBuildingException e) {
      List<String> problems =
          e.getProblems().stream().map(problem -> "  " + problem.getMessage()).toList();
      throw new UnresolvedException("the POM cannot be used:\n" + String.join("\n", problems), e);
    }
  }

  private org.eclipse.aether.graph.Dependency convert(Dependency d) {
    String typeName = d.getType() == null || d.getType().isEmpty() ? "jar" : d.getType();
    ArtifactType type = types.get(typeName);
    String extension = type == null ? typeName : type.getExtension();
    String classifier = d.getClassifier();
    if (classifier == null) {
      classifier = type == null ? "" : type.getClassifier();
    }
    Artifact artifact =
        new DefaultArtifact(
            d.getGroupId(), d.getArtifactId(), classifier, extension, d.getVersion());
    String scope = d.getScope() == null ? "compile" : d.getScope();
    List<Exclusion> exclusions =
        d.getExclusions().stream()
            .map(e -> new Exclusion(e.getGroupId(), e.getArtifactId(), "*", "*"))
            .toList();
    return new org.eclipse.aether.graph.Dependency(artifact, scope, false, exclusions);
  }
}

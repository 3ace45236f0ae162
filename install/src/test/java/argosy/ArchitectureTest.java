package argosy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The walls between packages that Maven modules do not draw.
final class ArchitectureTest {

  private static final String[] JDK = {"java.."};
  private static final String[] KRYO = {"com.esotericsoftware.kryo.."};
  private static final String NULLNESS = "org.jspecify.annotations..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("argosy");

  /// One puts a cell's streams in place of the process's, one ships them as what they are, and in a
  /// plain `main` a task's output is the process's; `Main` says there why a kernel cannot start.
  private static final Class<?>[] STREAM_OWNERS = {
    named("argosy.kernel.jupyter.CellStreams"),
    named("argosy.wire.codec.StandardStream"),
    named("argosy.engine.host.ClassPathHost$StandardStreams"),
    // On a worker, where no cell is and a task's print goes where its cell is.
    named("argosy.kernel.display.Display"),
    named("argosy.kernel.Main")
  };

  private static final SliceAssignment EACH_PACKAGE =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return resideInAPackage("argosy..").test(type)
              ? SliceIdentifier.of(type.getPackageName())
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "every package of ours";
        }
      };

  @Test
  void everyModuleIsOnTheClassPathOfTheseRules() {
    for (String home :
        List.of(
            "argosy",
            "argosy.wire",
            "argosy.worker",
            "argosy.engine",
            "argosy.commands",
            "argosy.kernel")) {
      assertThat(CLASSES.getPackage(home).getClassesInPackageTree()).as(home).isNotEmpty();
    }
  }

  @Test
  void wireNeedsOnlyTheJdkAndKryo() {
    check(
        classes()
            .that()
            .resideInAPackage("argosy.wire..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with("argosy.wire..")));
  }

  /// The JDK itself attaches the agent by which classes that stay on a worker follow the notebook,
  /// changes an option of its own when a worker rests, and looks again for image formats.
  @Test
  void theWorkerNeedsOnlyWire() {
    check(
        classes()
            .that()
            .resideInAPackage("argosy.worker..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                with(
                    "argosy.worker..",
                    "argosy.wire..",
                    "com.sun.management..",
                    "com.sun.tools.attach..",
                    "javax.imageio..")));
  }

  @Test
  void theEngineKnowsNothingOfJupyter() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("argosy", "argosy.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("argosy.kernel..", "argosy.commands.."));
  }

  @Test
  void theKernelKnowsNothingOfWorkers() {
    check(
        noClasses()
            .that()
            .resideInAPackage("argosy.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "argosy",
                "argosy.engine..",
                "argosy.commands..",
                "argosy.wire..",
                "argosy.worker.."));
  }

  /// What a notebook names finds the engine through an interface. Shared memory lies below both: it
  /// knows neither.
  @Test
  void whatANotebookNamesDoesNotNameTheEngine() {
    check(
        noClasses()
            .that()
            .resideInAPackage("argosy")
            .should()
            .dependOnClassesThat(
                resideInAPackage("argosy.engine..")
                    .and(resideOutsideOfPackages("argosy.engine.memory.."))));
    check(
        noClasses()
            .that()
            .resideInAPackage("argosy.engine.memory..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("argosy")
                    .or(resideInAPackage("argosy.engine.."))
                    .and(resideOutsideOfPackages("argosy.engine.memory.."))));
  }

  @Test
  void onlyOnePackageTouchesJShell() {
    check(
        noClasses()
            .that(resideOutsideOfPackages("argosy.kernel.jshell.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.jshell.."));
  }

  @Test
  void onlyOnePackageTouchesTheJupyterLibraries() {
    check(
        noClasses()
            .that(resideOutsideOfPackages("argosy.kernel.jupyter.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.github.spencerpark..", "org.zeromq..", "zmq.."));
  }

  @Test
  void onlyOnePackageTouchesTheMavenLibraries() {
    check(
        noClasses()
            .that(resideOutsideOfPackages("argosy.kernel.dependency.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("eu.maveniverse..", "org.eclipse.aether..", "org.apache.maven.."));
  }

  @Test
  void noPackageDependsOnItselfThroughOthers() {
    check(slices().assignedFrom(EACH_PACKAGE).should().beFreeOfCycles());
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked = new ArrayList<>();
    ArrayDeque<JavaPackage> packages = new ArrayDeque<>(List.of(CLASSES.getPackage("argosy")));
    while (!packages.isEmpty()) {
      JavaPackage next = packages.pop();
      packages.addAll(next.getSubpackages());
      if (!next.getClasses().isEmpty() && !next.isAnnotatedWith(NullMarked.class)) {
        unmarked.add(next.getName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  /// What a cell or a task prints is its own. Those who handle the streams themselves are named.
  @Test
  void nothingWritesToTheProcessStreams() {
    check(
        noClasses()
            .that(resideOutsideOfPackages("argosy.worker..").and(not(belongToAnyOf(STREAM_OWNERS))))
            .should(accessField(System.class, "out"))
            .orShould(accessField(System.class, "err")));
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name, false, ArchitectureTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the rule names a class that is gone", e);
    }
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static String[] with(String... ours) {
    List<String> all = new ArrayList<>(List.of(ours));
    all.addAll(List.of(JDK));
    all.addAll(List.of(KRYO));
    all.add(NULLNESS);
    return all.toArray(String[]::new);
  }
}

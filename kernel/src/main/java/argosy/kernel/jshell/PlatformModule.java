package argosy.kernel.jshell;

import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What `import module` imports: the packages that a module of the platform exports, and those of
/// the modules that it hands on.
final class PlatformModule {

  private final Set<Module> modules = new HashSet<>();

  private PlatformModule(Module module) {
    take(module);
  }

  private void take(Module module) {
    if (modules.add(module)) {
      module.getDescriptor().requires().stream()
          .filter(required -> required.modifiers().contains(Requires.Modifier.TRANSITIVE))
          .flatMap(required -> ModuleLayer.boot().findModule(required.name()).stream())
          .forEach(this::take);
    }
  }

  static Optional<PlatformModule> named(String name) {
    return ModuleLayer.boot().findModule(name).map(PlatformModule::new);
  }

  Stream<String> packages() {
    return modules.stream().flatMap(PlatformModule::exported);
  }

  /// {@return the packages that a module exports to everybody}
  static Stream<String> exported(Module module) {
    return module.getDescriptor().exports().stream()
        .filter(exports -> !exports.isQualified())
        .map(Exports::source);
  }

  /// {@return what the compiler says of a package that a module keeps for itself; nothing of any
  /// other}
  ///
  /// @param user of the classes in that package
  static Optional<String> keeping(String packageName, ClassLoader user) {
    return ModuleLayer.boot().modules().stream()
        .filter(module -> module.getPackages().contains(packageName))
        .filter(module -> !module.isExported(packageName, user.getUnnamedModule()))
        .map(module ->
            invisible(packageName, module.getName(), "does not export it to the unnamed module"))
        .findFirst();
  }

  /// {@return what the compiler says of a package that is there and cannot be used}
  ///
  /// @param why what its module does or does not do
  static String invisible(String packageName, String module, String why) {
    return "package %1$s is not visible\n  (package %1$s is declared in module %2$s, which %3$s)"
        .formatted(packageName, module, why);
  }

  /// {@return the full names of the public types of a simple name}
  Stream<String> types(String name) {
    return modules.stream()
        .flatMap(module ->
            exported(module)
                .map(exported -> exported + "." + name)
                .filter(type -> isPublicType(module, type)));
  }

  private static boolean isPublicType(Module module, String name) {
    try {
      Class<?> type = Class.forName(module, name);
      return type != null && Modifier.isPublic(type.getModifiers());
    } catch (LinkageError e) {
      return false;
    }
  }
}

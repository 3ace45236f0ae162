package argosy.kernel.jshell;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Modules of this Java that this process runs without, such as those in incubation: only an option
/// at its start makes their classes known.
final class SleepingModules {

  /// How the virtual machine says that it knows no class, maybe within what others say.
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "(?:^|NoClassDefFoundError: |ClassNotFoundException: )"
              + "((?:[\\p{javaJavaIdentifierPart}]+[./])+)[\\p{javaJavaIdentifierPart}]+(?= |$)",
          Pattern.MULTILINE);

  /// How the compiler says the same.
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "\\(package \\S+ is declared in module (\\S+), which is not in the module graph\\)");

  private SleepingModules() {}

  /// {@return what to do about a class that is not found, if it is one of such a module}
  static Optional<String> advice(Throwable thrown, String message) {
    if (!(thrown instanceof LinkageError || thrown instanceof ClassNotFoundException)) {
      return Optional.empty();
    }
    Matcher unknown = UNKNOWN.matcher(message);
    while (unknown.find()) {
      String name = unknown.group(1).replace('/', '.');
      Optional<String> module = having(name.substring(0, name.length() - 1));
      if (module.isPresent()) {
        return module.map(SleepingModules::start);
      }
    }
    return Optional.empty();
  }

  /// {@return what to do about what the compiler says, if it is that}
  static Optional<String> advice(String message) {
    Matcher outside = OUTSIDE.matcher(message);
    return outside.find() ? Optional.of(start(outside.group(1))) : Optional.empty();
  }

  private static String start(String module) {
    return "Java starts without its module %1$s: start the kernel with JDK_JAVA_OPTIONS=\"--add-modules %1$s\" in its environment, which \"env\" in its kernel.json adds to"
        .formatted(module);
  }

  /// {@return what the compiler says of such a package}
  static String outside(String packageName, String module) {
    return PlatformModule.invisible(packageName, module, "is not in the module graph");
  }

  /// {@return the name of such a module that has a package}
  static Optional<String> having(String packageName) {
    return ModuleFinder.ofSystem().findAll().stream()
        .map(ModuleReference::descriptor)
        .filter(module -> module.packages().contains(packageName))
        .map(module -> module.name())
        .filter(name -> ModuleLayer.boot().findModule(name).isEmpty())
        .findFirst();
  }
}

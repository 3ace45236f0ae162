package argosy.wire;

import java.util.List;

/// What the JVMs that capture, rebuild and run closures must be started with.
public final class JvmAccess {

  /// The packages to open to all unnamed modules, as `--add-opens` and the manifest entry
  /// `Add-Opens` name them. One is enough: it gives the lookup through which the codec reaches
  /// everything else.
  public static final List<String> OPENS = List.of("java.base/java.lang.invoke");

  private JvmAccess() {}

  /// {@return [#OPENS] as options of the `java` command}
  public static List<String> options() {
    return OPENS.stream().map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED").toList();
  }
}

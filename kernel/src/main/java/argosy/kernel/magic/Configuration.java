package argosy.kernel.magic;

import argosy.kernel.display.Renderers;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import argosy.kernel.extension.Setting;
import argosy.kernel.extension.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `%config`.
final class Configuration {

  private final KernelContext kernel;

  Configuration(KernelContext kernel) {
    this.kernel = kernel;
  }

  List<Magic> magics() {
    return List.of(
        new BuiltIn(
            "config",
            Magic.Kind.LINE,
            "Shows the settings of the session, or changes one.",
            """
            %config
            %config name
            %config name=value
            %config name=default\
            """,
            () -> settings().stream().map(Setting::name).toList(),
            this::config));
  }

  /// Those of how values are shown too, in a session that has shown none.
  private static List<Setting> settings() {
    List<Setting> _ = Renderers.settings();
    return Setting.all();
  }

  private @Nullable Object config(MagicCall call) {
    String[] parts = call.arguments().split("\\s*[=\\s]\\s*", 2);
    if (parts[0].isEmpty()) {
      list();
      return null;
    }
    Setting setting =
        settings().stream()
            .filter(one -> one.name().equals(parts[0]))
            .findFirst()
            .orElseThrow(() ->
                new MagicUsageException(
                    "there is no setting " + parts[0] + "; %config lists them"));
    if (parts.length == 1) {
      return setting.value();
    }
    change(setting, parts[1]);
    return null;
  }

  private static void change(Setting setting, String text) {
    if (text.equals("default")) {
      setting.set(setting.initial());
      return;
    }
    try {
      setting.set(Integer.parseInt(text.replace("_", "")));
    } catch (NumberFormatException _) {
      throw new MagicUsageException(setting.name() + " takes a whole number, not " + text);
    } catch (IllegalArgumentException e) {
      throw new MagicUsageException(String.valueOf(e.getMessage()));
    }
  }

  private void list() {
    Table table =
        new Table(
            List.of("setting", "value", "default", "what it decides"),
            settings().stream()
                .map(one ->
                    List.of(
                        one.name(),
                        String.valueOf(one.value()),
                        String.valueOf(one.initial()),
                        one.summary()))
                .toList(),
            "");
    kernel.currentCell().display(table.bundle());
  }
}

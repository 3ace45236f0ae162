package argosy.kernel.magic;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import argosy.kernel.extension.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `%lsmagic` and `%help`.
final class Listing {

  private final KernelContext kernel;

  Listing(KernelContext kernel) {
    this.kernel = kernel;
  }

  List<Magic> magics() {
    return List.of(
        new BuiltIn("lsmagic", Magic.Kind.LINE, "Lists all magics.", "%lsmagic", this::list),
        new BuiltIn(
            "help",
            Magic.Kind.LINE,
            "Says how a magic is called, or lists all of them.",
            "%help [name]",
            () -> kernel.magics().stream().map(Magic::name).toList(),
            this::help));
  }

  private @Nullable Object list(MagicCall call) {
    if (!call.arguments().isEmpty()) {
      throw new MagicUsageException("it takes no arguments");
    }
    show();
    return null;
  }

  private @Nullable Object help(MagicCall call) {
    List<String> words = call.words();
    if (words.size() > 1) {
      throw new MagicUsageException("it takes one name");
    }
    if (words.isEmpty()) {
      show();
      return null;
    }
    String name = words.getFirst().replaceFirst("^%+", "");
    Magic magic =
        kernel.magics().stream()
            .filter(m -> m.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new MagicUsageException("there is no magic %" + name + "; %lsmagic lists them"));
    kernel.currentCell().stdout(magic.help());
    return null;
  }

  private void show() {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Magic magic : kernel.magics()) {
      rows.put(spelling(magic), magic.summary());
    }
    Table table =
        new Table(
            List.of("magic", "what it does"),
            rows.entrySet().stream().map(row -> List.of(row.getKey(), row.getValue())).toList(),
            "%help name says how one is called.");
    kernel.currentCell().display(table.bundle());
  }

  private static String spelling(Magic magic) {
    return switch (magic.kind()) {
      case LINE -> "%" + magic.name();
      case CELL -> "%%" + magic.name();
      case LINE_AND_CELL -> "%" + magic.name() + ", %%" + magic.name();
    };
  }
}

package argosy.kernel.magic;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import argosy.kernel.file.Glob;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `%%html` and its kin: cells in the languages of the browser; and `%image`.
final class Showing {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final Pattern REMOTE = Pattern.compile("https?://");

  private final KernelContext kernel;
  private final Text text;

  Showing(KernelContext kernel, Text text) {
    this.kernel = kernel;
    this.text = text;
  }

  List<Magic> magics() {
    BuiltIn javascript = magic("javascript", "JavaScript", "application/javascript");
    BuiltIn markdown = magic("markdown", "Markdown", "text/markdown");
    return List.of(
        new BuiltIn(
            "image",
            Magic.Kind.LINE,
            "Shows a picture: PNG, JPEG, GIF or SVG.",
            """
            %image path
            %image url\
            """,
            this::image),
        magic("html", "HTML", "text/html"),
        javascript,
        javascript.alias("js"),
        magic("latex", "LaTeX", "text/latex"),
        markdown,
        markdown.alias("md"),
        magic("svg", "SVG", "image/svg+xml"));
  }

  private BuiltIn magic(String name, String language, String mime) {
    return new BuiltIn(
        name,
        Magic.Kind.CELL,
        "Shows the cell as " + language + ".",
        "%%" + name + "\nthe cell",
        call -> show(call, mime));
  }

  private @Nullable Object image(MagicCall call) throws Exception {
    List<String> words = text.words(call);
    if (words.size() != 1) {
      throw new MagicUsageException("it takes one path or url");
    }
    String source = words.getFirst();
    byte[] bytes = REMOTE.matcher(source).lookingAt() ? fetch(source) : read(source);
    String mime = mime(bytes);
    Object data = mime.equals("image/svg+xml") ? new String(bytes, StandardCharsets.UTF_8) : bytes;
    kernel.currentCell().display(Map.of(mime, data, "text/plain", source));
    return null;
  }

  private byte[] read(String path) throws MagicFailedException {
    Path file = Glob.plain(kernel.folder(), path);
    if (!Files.isRegularFile(file)) {
      throw new MagicFailedException("there is no file " + file);
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MagicFailedException("cannot read " + file + ": " + e, e);
    }
  }

  private static byte[] fetch(String url) throws MagicFailedException {
    try {
      URLConnection connection = URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try (InputStream in = connection.getInputStream()) {
        return in.readAllBytes();
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new MagicFailedException("cannot fetch " + url + ": " + e, e);
    }
  }

  /// What the bytes are, whatever their name says.
  private static String mime(byte[] bytes) throws MagicFailedException {
    String start = new String(bytes, 0, Math.min(bytes.length, 1000), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG")) {
      return "image/png";
    }
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (start.startsWith("GIF8")) {
      return "image/gif";
    }
    if (start.contains("<svg")) {
      return "image/svg+xml";
    }
    throw new MagicFailedException("this is no picture of a known kind: PNG, JPEG, GIF, SVG");
  }

  private @Nullable Object show(MagicCall call, String mime) {
    if (!call.arguments().isEmpty()) {
      throw new MagicUsageException("it takes no arguments; what to show starts on the line below");
    }
    kernel.currentCell().display(Map.of(mime, call.body(), "text/plain", call.body()));
    return null;
  }
}

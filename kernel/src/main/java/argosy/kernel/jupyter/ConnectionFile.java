package argosy.kernel.jupyter;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the client expects the kernel, as the file says that it hands over.
///
/// @param ip the address to bind
/// @param ports the TCP port of each channel
/// @param scheme how messages are signed, such as `hmac-sha256`
/// @param key what they are signed with, empty if they are not
/// @param curve the keys of the encryption, or null without it
record ConnectionFile(
    String ip, Map<Channel, Integer> ports, String scheme, String key, @Nullable Curve curve) {

  private static final Pattern Z85_KEY =
      Pattern.compile("[0-9a-zA-Z.:+=^!/*?&<>()\\[\\]{}@%$#-]{40}");

  /// A CurveZMQ key pair, each key as 40 characters of Z85.
  record Curve(String publicKey, String secretKey) {}

  ConnectionFile {
    Objects.requireNonNull(ip, "ip is null");
    Objects.requireNonNull(scheme, "scheme is null");
    Objects.requireNonNull(key, "key is null");
    ports = Map.copyOf(ports);
  }

  static ConnectionFile read(Path file) throws KernelStartException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new KernelStartException(
          "Cannot read the connection file "
              + file
              + " ("
              + e
              + "); Jupyter writes it and passes its path when it starts the kernel.",
          e);
    }
    try {
      return parse(new Fields(JsonParser.parseString(text).getAsJsonObject()));
    } catch (JsonParseException | IllegalStateException | BadRequestException e) {
      throw new KernelStartException(
          "The connection file " + file + " is not one (" + e.getMessage() + ").", e);
    }
  }

  private static ConnectionFile parse(Fields fields) {
    String transport = fields.text("transport", "tcp");
    if (!transport.equals("tcp")) {
      throw new BadRequestException(
          "transport " + transport + " is not supported, set KernelManager.transport to tcp");
    }
    Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
    ports.put(Channel.SHELL, port(fields, "shell_port"));
    ports.put(Channel.CONTROL, port(fields, "control_port"));
    ports.put(Channel.STDIN, port(fields, "stdin_port"));
    ports.put(Channel.IOPUB, port(fields, "iopub_port"));
    ports.put(Channel.HEARTBEAT, port(fields, "hb_port"));
    return new ConnectionFile(
        fields.text("ip", "127.0.0.1"),
        ports,
        fields.text("signature_scheme", "hmac-sha256"),
        fields.text("key", ""),
        curve(fields.json()));
  }

  private static int port(Fields fields, String name) {
    int port = fields.number(name);
    if (port < 1 || port > 65_535) {
      throw new BadRequestException(name + " is " + port + ", which is no port");
    }
    return port;
  }

  private static @Nullable Curve curve(JsonObject json) {
    boolean encrypted = json.has("curve_publickey") && json.has("curve_secretkey");
    return encrypted
        ? new Curve(curveKey(json, "curve_publickey"), curveKey(json, "curve_secretkey"))
        : null;
  }

  private static String curveKey(JsonObject json, String name) {
    String key = new Fields(json).text(name);
    if (!Z85_KEY.matcher(key).matches()) {
      throw new BadRequestException(name + " is no key in 40 characters of Z85");
    }
    return key;
  }

  /// {@return what JeroMQ binds a channel to}
  String address(Channel channel) {
    return "tcp://" + ip + ":" + port(channel);
  }

  int port(Channel channel) {
    return Objects.requireNonNull(ports.get(channel), channel::label);
  }

  /// {@return the same for basekernel, which signs nothing here: [Signer] does}
  KernelConnectionProperties unsigned() {
    return new KernelConnectionProperties(
        ip,
        port(Channel.CONTROL),
        port(Channel.SHELL),
        port(Channel.STDIN),
        port(Channel.HEARTBEAT),
        port(Channel.IOPUB),
        "tcp",
        scheme,
        "");
  }
}

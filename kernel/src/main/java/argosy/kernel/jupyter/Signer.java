package argosy.kernel.jupyter;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signs messages and checks signatures. Safe from any thread.
final class Signer {

  private static final HexFormat HEX = HexFormat.of();

  /// Guarded by itself; null if the client signs nothing.
  private final @Nullable Mac mac;

  private Signer(@Nullable Mac mac) {
    this.mac = mac;
  }

  static Signer of(String scheme, String key) throws KernelStartException {
    if (key.isEmpty()) {
      return new Signer(null);
    }
    String algorithm = algorithm(scheme);
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return new Signer(mac);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new KernelStartException(
          "The connection file asks for signatures by "
              + scheme
              + ", which this Java does not know; hmac-sha256 is the usual one.",
          e);
    }
  }

  /// Jupyter names a digest as Python does, `hmac-sha3_256`; Java says `HmacSHA3-256`.
  private static String algorithm(String scheme) {
    String digest = scheme.toLowerCase(Locale.ROOT);
    digest = digest.startsWith("hmac-") ? digest.substring("hmac-".length()) : digest;
    char variant = digest.startsWith("sha3_") ? '-' : '/';
    return "Hmac" + digest.toUpperCase(Locale.ROOT).replace('_', variant);
  }

  /// {@return whether messages are signed at all}
  boolean signs() {
    return mac != null;
  }

  /// {@return the signature in lower-case hexadecimal digits, empty if messages are not signed}
  byte[] sign(List<byte[]> parts) {
    Mac own = mac;
    if (own == null) {
      return new byte[0];
    }
    byte[] signature;
    synchronized (own) {
      parts.forEach(own::update);
      signature = own.doFinal();
    }
    return HEX.formatHex(signature).getBytes(StandardCharsets.US_ASCII);
  }

  /// {@return whether a signature is right, in a time that tells nothing about it}
  boolean accepts(byte[] signature, List<byte[]> parts) {
    return mac == null || MessageDigest.isEqual(signature, sign(parts));
  }
}

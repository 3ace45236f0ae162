package argosy.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The identity of some bytes: the first 128 bits of their SHA-256.
///
/// Two values with one id are the same value, in any process: what a worker already has under an id
/// is not sent to it again.
public record ContentId(long high, long low) {

  /// {@return the id of these parts, read one after the other}
  public static ContentId of(byte[]... parts) {
    MessageDigest digest = sha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return of(digest);
  }

  /// {@return the id of the first bytes of an array}
  public static ContentId of(byte[] bytes, int length) {
    MessageDigest digest = sha256();
    digest.update(bytes, 0, length);
    return of(digest);
  }

  private static ContentId of(MessageDigest digest) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new ContentId(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// {@return 32 hexadecimal digits}
  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}

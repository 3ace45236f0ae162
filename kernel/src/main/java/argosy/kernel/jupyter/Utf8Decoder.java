package argosy.kernel.jupyter;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Decodes UTF-8 that comes in pieces, which may end inside a character. Confined to one thread at
/// a time.
final class Utf8Decoder {

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /// The first bytes of a character that is not complete, at most 3; always ready to be read.
  private ByteBuffer rest = ByteBuffer.allocate(0);

  /// {@return the characters that are complete by now}
  String decode(byte[] bytes, int offset, int length) {
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
    if (rest.hasRemaining()) {
      in = ByteBuffer.allocate(rest.remaining() + length).put(rest).put(in).flip();
    }
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    decoder.decode(in, out, false);
    rest = in.hasRemaining() ? ByteBuffer.allocate(in.remaining()).put(in).flip() : in;
    return out.flip().toString();
  }
}

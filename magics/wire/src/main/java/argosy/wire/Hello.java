package argosy.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Objects;

/// The first frame of every connection, from the worker: who it is, and that it may be here.
///
/// @param version the [Protocol#VERSION] that the worker speaks
/// @param token what the worker was told when it was started
/// @param channel what this connection is for
/// @param pid the worker's process
/// @param java the worker's Java version
public record Hello(int version, Payload token, Channel channel, long pid, String java) {

  /// What a connection is for.
  public enum Channel {
    /// Tasks, results and output; the worker's main thread reads it.
    DATA(1),
    /// Cancellation, which must arrive while a task runs.
    CONTROL(2);

    private final int code;

    Channel(int code) {
      this.code = code;
    }

    static Channel of(int code) throws MalformedFrameException {
      for (Channel channel : values()) {
        if (channel.code == code) {
          return channel;
        }
      }
      throw new MalformedFrameException("there is no channel " + code);
    }
  }

  /// Checks that nothing is missing.
  public Hello {
    Objects.requireNonNull(token, "token is null");
    Objects.requireNonNull(channel, "channel is null");
    Objects.requireNonNull(java, "java is null");
  }

  /// {@return whether this peer knows the token; takes the same time whatever the answer}
  public boolean knows(Payload expected) {
    return MessageDigest.isEqual(token.bytes(), expected.bytes());
  }

  /// Appends this as a frame.
  public void write(FrameOutput out) {
    out.begin(Protocol.HELLO);
    out.putInt(Protocol.MAGIC);
    out.putInt(version);
    out.putPayload(token);
    out.putByte(channel.code);
    out.putLong(pid);
    out.putString(java);
    out.end();
  }

  /// Reads a frame.
  ///
  /// @throws MalformedFrameException if this is no worker's first frame
  public static Hello read(ByteBuffer frame) throws MalformedFrameException {
    FrameFields fields = new FrameFields(frame);
    if (fields.tag() != Protocol.HELLO || fields.getInt() != Protocol.MAGIC) {
      throw new MalformedFrameException("the first frame does not come from an Argosy worker");
    }
    int version = fields.getInt();
    Payload token = fields.getPayload();
    Channel channel = Channel.of(fields.getByte());
    Hello hello = new Hello(version, token, channel, fields.getLong(), fields.getString());
    fields.end();
    return hello;
  }
}

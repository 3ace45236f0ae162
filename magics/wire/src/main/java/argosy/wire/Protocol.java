package argosy.wire;

/// The numbers of the protocol: its version, the tag of every message, and what bounds a frame.
///
/// A tag is never used again for another message; any change to a message is a new [#VERSION].
///
/// ```text
///  0        4     5
/// +--------+-----+----------------------+
/// | length | tag | body                 |    length = 1 + size of the body, big-endian
/// +--------+-----+----------------------+
/// ```
public final class Protocol {

  /// Both ends must speak the same one.
  public static final int VERSION = 2;

  /// The first four bytes of a connection's first frame, `Argo`.
  public static final int MAGIC = 0x4172676f;

  /// No frame is longer. What must be larger travels outside frames.
  public static final int MAX_FRAME_BYTES = 1 << 30;

  /// No frame of a peer that has not yet shown its token is longer.
  public static final int MAX_HELLO_BYTES = 1 << 10;

  /// The size of the length before each frame.
  static final int LENGTH_BYTES = Integer.BYTES;

  static final byte HELLO = 0x01;

  // To a worker.
  static final byte EXTEND_CLASS_PATH = 0x10;
  static final byte DEFINE_CLASS = 0x11;
  static final byte DEFINE_CLOSURE = 0x12;
  static final byte FORGET_CLOSURE = 0x13;
  static final byte RUN_TASKS = 0x14;
  static final byte CANCEL_TASK = 0x15;
  static final byte STOP = 0x16;
  static final byte FORGET_CLASS = 0x17;
  static final byte RUN_CHUNK = 0x20;

  // From a worker.
  static final byte TASK_RETURNED = 0x40;
  static final byte TASK_THREW = 0x41;
  static final byte TASK_BROKE = 0x42;
  static final byte TASK_STOPPED = 0x43;
  static final byte OUTPUT_WRITTEN = 0x44;
  static final byte CHUNK_ENDED = 0x48;

  private Protocol() {}
}

package argosy.wire;

/// The numbers of the protocol: its version, the tag of every message, and what bounds a frame.
///
/// A tag is never used again for another message; any change to a message is a new [#VERSION].
///
/// ```text
///  0        4       8     9
/// +--------+-------+-----+----------------------+
/// | length | check | tag | body                 |    length = 1 + size of the body, big-endian
/// +--------+-------+-----+----------------------+    check = length xor MAGIC
/// ```
///
/// The check is no protection against malice, the token is: it tells at once what would otherwise
/// be taken for the length of a frame whose end never comes.
public final class Protocol {

  /// Both ends must speak the same one.
  public static final int VERSION = 9;

  /// `Argo`: the first field of a connection's first frame, and part of every frame's check.
  public static final int MAGIC = 0x4172676f;

  /// With this exit code a worker leaves that has lost its connection to the kernel.
  public static final int UNREACHABLE = 71;

  /// No frame is longer. What must be larger travels outside frames.
  public static final int MAX_FRAME_BYTES = 1 << 30;

  /// No frame of a peer that has not yet shown its token is longer.
  public static final int MAX_HELLO_BYTES = 1 << 10;

  /// The size of what comes before each frame's tag.
  static final int HEADER_BYTES = 2 * Integer.BYTES;

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
  static final byte DEFINE_VALUE = 0x18;
  static final byte APPEND_TO_VALUE = 0x19;
  static final byte FORGET_VALUE = 0x1a;
  static final byte DEFINE_PART = 0x1b;
  static final byte FORGET_PART = 0x1c;
  static final byte GIVE_MEMORY = 0x1d;
  static final byte RUN_CHUNK = 0x20;
  static final byte DUMP_THREADS = 0x21;
  static final byte SKIP_TASK = 0x22;
  static final byte GIVE_ANSWER = 0x23;
  static final byte RECALL_TASKS = 0x24;

  // From a worker.
  static final byte TASK_RETURNED = 0x40;
  static final byte TASK_THREW = 0x41;
  static final byte TASK_BROKE = 0x42;
  static final byte TASK_STOPPED = 0x43;
  static final byte OUTPUT_WRITTEN = 0x44;
  static final byte VALUE_FORGOTTEN = 0x45;
  static final byte MEMORY_WANTED = 0x46;
  static final byte MEMORY_UNUSED = 0x47;
  static final byte CHUNK_ENDED = 0x48;
  static final byte THREADS_DUMPED = 0x49;
  static final byte ACTOR_CALLED = 0x4a;
  static final byte WAIT_BEGAN = 0x4b;
  static final byte WAIT_ENDED = 0x4c;
  static final byte TASKS_RECALLED = 0x4d;

  private Protocol() {}
}

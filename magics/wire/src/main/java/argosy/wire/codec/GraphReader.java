package argosy.wire.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads one graph, root by root, as a [GraphWriter] wrote it. Confined to one thread at a time.
///
/// Damaged bytes end in a value, in an [IllegalStateException], in a Kryo exception, or in what the
/// code of a class throws that is given what it never wrote; never in more memory than they are
/// worth.
public final class GraphReader {

  private static final long LEAST_STACK_BYTES = 16 << 20;
  private static final long STACK_BYTES_FOR_A_BYTE = 16 << 10;

  private final ClassTable table;
  private final Inlet inlet;
  private final GraphInput in;
  private final List<@Nullable Object> objects = new ArrayList<>();
  private final List<Class<?>> classes = new ArrayList<>();
  private final BitSet complete = new BitSet();
  private final Deque<Runnable> later = new ArrayDeque<>(1);
  private final List<Runnable> finishing = new ArrayList<>();
  private int currentId;
  private int incompleteReferences;
  private @Nullable Graph graph;

  /// A reader that starts at the first root.
  ///
  /// @param bytes not to be written to as long as this reads
  public GraphReader(ClassTable table, byte[] bytes) {
    this(table, Inlet.NONE, bytes, 0, bytes.length);
  }

  /// The same, with what travelled beside the graph.
  public GraphReader(ClassTable table, Inlet inlet, byte[] bytes) {
    this(table, inlet, bytes, 0, bytes.length);
  }

  /// A reader of the graph that `length` bytes from `offset` on are.
  public GraphReader(ClassTable table, Inlet inlet, byte[] bytes, int offset, int length) {
    this.table = table;
    this.inlet = inlet;
    this.in = new GraphInput(bytes, offset, length);
  }

  /// Starts to read another graph, without anything of the one so far.
  ///
  /// @param bytes not to be written to as long as this reads
  public void restart(byte[] bytes) {
    in.setBuffer(bytes, 0, bytes.length);
    objects.clear();
    classes.clear();
    complete.clear();
    later.clear();
    finishing.clear();
    incompleteReferences = 0;
  }

  /// {@return the next root}
  public @Nullable Object read() {
    return reading(this::value);
  }

  private @Nullable Object reading(Supplier<@Nullable Object> body) {
    GraphInput.Mark start = in.here();
    int objectCount = objects.size();
    int classCount = classes.size();
    try {
      return inGraph(body);
    } catch (StackOverflowError e) {
      in.backTo(start);
      objects.subList(objectCount, objects.size()).clear();
      classes.subList(classCount, classes.size()).clear();
      complete.clear(objectCount, Math.max(objectCount, complete.length()));
      later.clear();
      finishing.clear();
      @Nullable Object[] result = new @Nullable Object[1];
      DeepStack.run(stackBytes(), () -> result[0] = inGraph(body));
      return result[0];
    }
  }

  /// No graph is nested more deeply than it has bytes; what needs more stack would never end.
  private long stackBytes() {
    return Math.min(DeepStack.MOST_BYTES, LEAST_STACK_BYTES + STACK_BYTES_FOR_A_BYTE * in.left());
  }

  /// Reads what some fields of `owner` hold.
  void readFields(Object owner, List<Slot> slots) {
    reading(() -> {
      slots.forEach(slot -> slot.read(this, owner));
      return null;
    });
  }

  /// {@return the next class}
  public Class<?> readClass() {
    return classOf();
  }

  /// {@return the next text}
  public @Nullable String readString() {
    return in.readString();
  }

  /// {@return the next number}
  public int readInt() {
    return in.readVarInt(true);
  }

  /// {@return whether nothing is left}
  public boolean isAtEnd() {
    return in.position() >= in.limit();
  }

  private @Nullable Object inGraph(Supplier<@Nullable Object> body) {
    Graph lent = Graph.borrow();
    lent.attach(this);
    graph = lent;
    try {
      Object root = body.get();
      for (Runnable next = later.poll(); next != null; next = later.poll()) {
        next.run();
      }
      for (Runnable last : finishing) {
        last.run();
      }
      finishing.clear();
      return root;
    } finally {
      graph = null;
      lent.giveBack();
    }
  }

  GraphInput in() {
    return in;
  }

  Inlet inlet() {
    return inlet;
  }

  /// The number of the value whose content is read next.
  int currentId() {
    return currentId;
  }

  /// How many references to values that were not complete have been read so far.
  int incompleteReferences() {
    return incompleteReferences;
  }

  /// Runs `last` when the whole root has been read.
  void atEnd(Runnable last) {
    finishing.add(last);
  }

  /// Reads a value.
  @Nullable Object value() {
    int header = in.readVarInt(true);
    if (header == GraphWriter.NULL) {
      return null;
    }
    if (header >= GraphWriter.FIRST_REFERENCE) {
      return referenced(header - GraphWriter.FIRST_REFERENCE);
    }
    Class<?> type = classOf();
    Coding coding = Codings.of(type);
    if (header == GraphWriter.NEW_LATER) {
      return later(coding, type);
    }
    int id = -1;
    if (coding.isShared()) {
      id = objects.size();
      objects.add(null);
    }
    Object value = read(coding, type, id);
    if (id >= 0) {
      objects.set(id, value);
      complete.set(id);
    }
    return value;
  }

  private Object later(Coding coding, Class<?> type) {
    if (!(coding.serializer() instanceof FieldCoder fields)) {
      throw new IllegalStateException("the bytes are damaged: " + type + " cannot wait");
    }
    Object value = Memory.allocate(type);
    int id = objects.size();
    objects.add(value);
    later.add(() -> {
      fields.readContent(this, value);
      complete.set(id);
    });
    return value;
  }

  /// Reads the content of a value of a known class.
  Object read(Coding coding, Class<?> type, int id) {
    currentId = id;
    @SuppressWarnings("unchecked") // the coding is the one of this very class
    Class<Object> narrow = (Class<Object>) type;
    return coding.serializer().read(currentGraph(), in, narrow);
  }

  /// Says that `value` is the one with this number though its content is still to be read.
  void reference(int id, Object value) {
    if (id >= 0) {
      objects.set(id, value);
    }
  }

  private Object referenced(int id) {
    if (id >= objects.size()) {
      throw new IllegalStateException("the bytes are damaged: they refer to value " + id);
    }
    Object value = objects.get(id);
    if (value == null) {
      throw new IllegalStateException(
          "a value holds itself through an object that can only be built when that value is"
              + " complete (writeReplace, an immutable collection)");
    }
    if (!complete.get(id)) {
      incompleteReferences++;
    }
    return value;
  }

  /// Reads the name of a class.
  Class<?> classOf() {
    int header = in.readVarInt(true);
    if (header == GraphWriter.CLASS_ARRAY) {
      return classOf().arrayType();
    }
    if (header >= GraphWriter.FIRST_CLASS) {
      int known = header - GraphWriter.FIRST_CLASS;
      int preset = KnownClasses.ALL.size();
      return known < preset ? KnownClasses.ALL.get(known) : classes.get(known - preset);
    }
    Class<?> type;
    if (header == GraphWriter.CLASS_BY_NUMBER) {
      type = table.numbered(in.readVarInt(true));
    } else {
      String name = in.readString();
      try {
        type = table.named(name);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("class " + name + " is not on the class path here", e);
      }
    }
    classes.add(type);
    return type;
  }

  private Graph currentGraph() {
    Graph current = graph;
    if (current == null) {
      throw new IllegalStateException("nothing is being read");
    }
    return current;
  }
}

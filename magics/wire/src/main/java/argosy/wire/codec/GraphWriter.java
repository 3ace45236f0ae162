package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.util.IdentityObjectIntMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one graph: roots written one after the other share what they have in common.
///
/// A writer can be kept, and the graph grown, for as long as its owner likes. Confined to one
/// thread at a time.
public final class GraphWriter {

  static final int NULL = 0;
  static final int NEW = 1;
  static final int NEW_LATER = 2;
  static final int FIRST_REFERENCE = 3;

  /// How deep values are nested in the bytes, and so on the stack, if they can be put off.
  private static final int DEPTH = 200;

  /// What a writer that starts again keeps of its memory.
  private static final int KEPT_BYTES = 64 << 10;

  /// What the tables of a writer hold before they grow: most graphs are a number or a small record,
  /// and to make larger ones would cost more than to write it.
  private static final int SMALL = 4;

  static final int CLASS_BY_NAME = 0;
  static final int CLASS_BY_NUMBER = 1;
  static final int CLASS_ARRAY = 2;
  static final int FIRST_CLASS = 3;

  private final ClassTable table;
  private final GraphOutput out = new GraphOutput();
  private final IdentityObjectIntMap<Object> ids = new IdentityObjectIntMap<>(SMALL);
  private final List<Object> objects = new ArrayList<>();
  private final List<Class<?>> classes = new ArrayList<>();
  private final IdentityObjectIntMap<Class<?>> classIds = new IdentityObjectIntMap<>(SMALL);
  private final OpenValues open = new OpenValues();
  private final Deque<Later> later = new ArrayDeque<>(1);
  private int depth;
  private int needingContent;
  private int platformHooks;
  private @Nullable Graph graph;

  private record Later(FieldCoder coder, Object value) {}

  /// A writer of a graph that is still empty.
  public GraphWriter(ClassTable table) {
    this.table = table;
  }

  /// Appends a root.
  ///
  /// @throws UnshippableException if something that it reaches cannot travel; the graph is then
  ///   what it was before
  public void write(@Nullable Object root) {
    atomically(() -> value(root));
  }

  /// Appends a class.
  public void writeClass(Class<?> type) {
    atomically(() -> classOf(type));
  }

  /// Appends a text.
  public void writeString(@Nullable String text) {
    out.writeString(text);
  }

  /// Appends a number.
  public void writeInt(int value) {
    out.writeVarInt(value, true);
  }

  /// Appends what some fields of `owner` hold, without `owner` itself.
  void writeFields(Object owner, List<Slot> slots) {
    atomically(() -> slots.forEach(slot -> slot.write(this, owner)));
  }

  /// Starts another graph, without anything of the one so far: making a writer costs more than to
  /// write a small graph.
  public void restart() {
    rollBack(0, 0, 0);
    if (out.getBuffer().length > KEPT_BYTES) {
      out.setBuffer(new byte[SMALL], -1);
    }
  }

  /// {@return how many bytes the graph has so far}
  public int size() {
    return out.position();
  }

  /// {@return the bytes of the graph so far, a copy}
  public byte[] bytes() {
    return out.toBytes();
  }

  private void atomically(Runnable body) {
    int position = out.position();
    int objectCount = objects.size();
    int classCount = classes.size();
    boolean done = false;
    try {
      try {
        inGraph(body);
      } catch (StackOverflowError e) {
        rollBack(position, objectCount, classCount);
        DeepStack.run(() -> inGraph(body));
      }
      done = true;
    } catch (StackOverflowError e) {
      throw new UnshippableException(
          "a graph of objects", "it is nested deeper than any stack, or endless", e);
    } catch (KryoException e) {
      throw new UnshippableException("a graph of objects", "it does not fit into 2 GB", e);
    } finally {
      if (!done) {
        rollBack(position, objectCount, classCount);
      }
    }
  }

  private void inGraph(Runnable body) {
    Graph lent = Graph.borrow();
    lent.attach(this);
    graph = lent;
    try {
      body.run();
      for (Later next = later.poll(); next != null; next = later.poll()) {
        next.coder().writeContent(this, next.value());
      }
    } finally {
      graph = null;
      lent.giveBack();
    }
  }

  private void rollBack(int position, int objectCount, int classCount) {
    out.setPosition(position);
    for (int i = objects.size() - 1; i >= objectCount; i--) {
      ids.remove(objects.remove(i), -1);
    }
    for (int i = classes.size() - 1; i >= classCount; i--) {
      classIds.remove(classes.remove(i), -1);
    }
    open.clear();
    later.clear();
    depth = 0;
    needingContent = 0;
    platformHooks = 0;
  }

  /// Says that the hook of a class starts or ends; one of the platform may hold its locks
  /// meanwhile.
  void insideHook(boolean isOfThePlatform, boolean starts) {
    if (isOfThePlatform) {
      platformHooks += starts ? 1 : -1;
    }
  }

  boolean isInsidePlatformHook() {
    return platformHooks > 0;
  }

  GraphOutput out() {
    return out;
  }

  ClassTable table() {
    return table;
  }

  /// Writes a value: nothing, a reference to one already written, or its class and content.
  void value(@Nullable Object original) {
    if (original == null) {
      out.writeByte(NULL);
      return;
    }
    Object value = StandardStream.replacing(original);
    Coding coding = Codings.of(value.getClass());
    int id = -1;
    if (coding.isShared()) {
      int known = ids.get(value, -1);
      if (known >= 0) {
        open.met(known, out);
        out.writeVarInt(known + FIRST_REFERENCE, true);
        return;
      }
      id = objects.size();
      ids.put(value, id);
      objects.add(value);
    }
    if (depth > DEPTH
        && needingContent == 0
        && coding.serializer() instanceof FieldCoder fields
        && fields.canWait()) {
      out.writeByte(NEW_LATER);
      classOf(coding.wireType());
      later.add(new Later(fields, value));
      return;
    }
    out.writeByte(NEW);
    classOf(coding.wireType());
    depth++;
    write(coding, value);
    depth--;
    open.closed(id);
  }

  /// Says that a value begins whose own code runs when it is rebuilt, and so needs what it holds to
  /// be complete.
  void contentNeeded() {
    needingContent++;
  }

  /// Says that such a value ends.
  void contentWritten() {
    needingContent--;
  }

  /// Writes the content of a value whose class the reader knows.
  void write(Coding coding, Object value) {
    coding.serializer().write(currentGraph(), out, value);
  }

  /// Writes a byte that tells whether the value whose content starts here turns out to hold itself.
  void cyclicFlag() {
    open.opened(objects.size() - 1, out.position());
    out.writeByte(0);
  }

  /// Writes the name of a class.
  void classOf(Class<?> type) {
    int known = KnownClasses.numberOf(type);
    if (known < 0) {
      known = classIds.get(type, -1);
    }
    if (known >= 0) {
      out.writeVarInt(known + FIRST_CLASS, true);
      return;
    }
    if (type.isArray()) {
      out.writeByte(CLASS_ARRAY);
      classOf(type.getComponentType());
      return;
    }
    int number = table.numberOf(type);
    if (number == ClassTable.BY_NAME) {
      out.writeByte(CLASS_BY_NAME);
      out.writeString(type.getName());
    } else {
      out.writeByte(CLASS_BY_NUMBER);
      out.writeVarInt(number, true);
    }
    classIds.put(type, KnownClasses.ALL.size() + classes.size());
    classes.add(type);
  }

  private Graph currentGraph() {
    Graph current = graph;
    if (current == null) {
      throw new IllegalStateException("nothing is being written");
    }
    return current;
  }
}

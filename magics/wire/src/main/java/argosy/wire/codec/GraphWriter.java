package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.util.IdentityObjectIntMap;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
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
  private final Outlet outlet;
  private final @Nullable GraphHash hash;
  private final GraphOutput out;
  private final IdentityObjectIntMap<Object> ids = new IdentityObjectIntMap<>(SMALL);
  private final List<Object> objects = new ArrayList<>();
  private final List<Class<?>> classes = new ArrayList<>();
  private final IdentityObjectIntMap<Class<?>> classIds = new IdentityObjectIntMap<>(SMALL);
  private final OpenValues open = new OpenValues();
  private final Deque<Later> later = new ArrayDeque<>(1);
  private int depth;
  private int needingContent;
  private int platformHooks;
  private int limit = Integer.MAX_VALUE;
  private boolean isOverLimit;
  private boolean runsForeignCode;
  private int itemStart;
  private final List<Integer> metOfOtherItems = new ArrayList<>();
  private @Nullable Graph graph;

  private record Later(FieldCoder coder, Object value) {}

  /// How far the graph is, to come back to.
  private record State(
      int position,
      int objectCount,
      int classCount,
      int outletCount,
      GraphHash.@Nullable Mark hashed) {

    static final State EMPTY = new State(0, 0, 0, 0, null);
  }

  /// A writer of a graph that is still empty, and keeps all its values.
  public GraphWriter(ClassTable table) {
    this(table, Outlet.NONE);
  }

  /// The same, for a graph whose large values travel beside it.
  public GraphWriter(ClassTable table, Outlet outlet) {
    this.table = table;
    this.outlet = outlet;
    this.hash = null;
    this.out = new GraphOutput();
  }

  private GraphWriter(ClassTable table, Outlet outlet, GraphHash hash) {
    this.table = table;
    this.outlet = outlet;
    this.hash = hash;
    this.out = new GraphOutput(hash);
  }

  /// A writer that only hashes, for [#hash]. Unlike what travels, what is hashed has the transient
  /// fields of all classes but the platform's: they are part of what a task can change.
  ///
  /// @param outlet what it gives as the number of a value stands for the value
  public static GraphWriter hashing(ClassTable table, Outlet outlet) {
    return new GraphWriter(table, outlet, new GraphHash());
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

  /// Appends what `body` writes, unless that is more than so many bytes.
  ///
  /// @return false if it was more; the graph is then what it was before
  public boolean writeWithin(int maxBytes, Runnable body) {
    State start = state();
    limit = start.position() + maxBytes;
    isOverLimit = false;
    boolean done = false;
    try {
      body.run();
      done = out.position() <= limit;
    } catch (UnshippableException e) {
      if (!isOverLimit) {
        throw e;
      }
    } finally {
      limit = Integer.MAX_VALUE;
      if (!done) {
        rollBack(start);
      }
    }
    return done;
  }

  /// Says that what is written from now on is another item than what came before.
  public void startItem() {
    itemStart = objects.size();
    metOfOtherItems.clear();
  }

  /// {@return how many objects the graph has}
  public int objectCount() {
    return objects.size();
  }

  /// {@return the numbers of the objects of earlier items that this one refers to, those whose
  /// identity cannot matter left out}
  public List<Integer> metOfOtherItems() {
    return metOfOtherItems;
  }

  /// {@return whether all objects of the graph are of classes that `known` knows, or change nothing
  /// of themselves when they are read}
  public boolean holdsOnly(Predicate<Class<?>> known) {
    for (Object object : objects) {
      Class<?> type = object.getClass();
      boolean isPlain =
          hasPlainIdentity(object)
              || LambdaClass.isLambda(type)
              || (known.test(type) && !HashTables.isOrderedByAccess(object));
      if (!isPlain) {
        return false;
      }
    }
    return true;
  }

  /// {@return whether this graph and another one hold one object whose identity may matter}
  public boolean sharesWith(GraphWriter other) {
    if (objects.size() > other.objects.size()) {
      return other.sharesWith(this);
    }
    for (Object object : objects) {
      if (!hasPlainIdentity(object) && other.ids.get(object, -1) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasPlainIdentity(Object object) {
    return object instanceof String
        || object instanceof Enum<?>
        || object instanceof Class<?>
        || object instanceof BigInteger
        || object instanceof BigDecimal
        || object instanceof Path
        || object instanceof TemporalAccessor
        || object instanceof LambdaShape
        || isOutside(object);
  }

  /// A large array has one number wherever it is met.
  private static boolean isOutside(Object object) {
    Class<?> element = object.getClass().getComponentType();
    return element != null && element.isPrimitive() && ArrayCoders.isLarge(object);
  }

  /// {@return a hash of the graph, or empty if code that is not the platform's decided what is
  /// written, so that more may have changed than was}
  public OptionalLong hash() {
    GraphHash stream = hash;
    if (stream == null) {
      throw new IllegalStateException("this graph is written, not hashed");
    }
    out.flush();
    return runsForeignCode ? OptionalLong.empty() : OptionalLong.of(stream.value());
  }

  /// Whether the graph is only hashed, with all that can change of it.
  boolean isHashing() {
    return hash != null;
  }

  /// Says that the code of a class decides what is written of its objects.
  void foreignCode(Class<?> type) {
    if (type.getClassLoader() != null && !type.getName().startsWith("argosy.")) {
      runsForeignCode = true;
    }
  }

  /// Appends what some fields of `owner` hold, without `owner` itself.
  void writeFields(Object owner, List<Slot> slots) {
    atomically(() -> slots.forEach(slot -> slot.write(this, owner)));
  }

  /// Starts another graph, without anything of the one so far: making a writer costs more than to
  /// write a small graph.
  public void restart() {
    rollBack(State.EMPTY);
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
    State start = state();
    boolean done = false;
    try {
      try {
        inGraph(body);
      } catch (StackOverflowError e) {
        rollBack(start);
        DeepStack.run(DeepStack.MOST_BYTES, () -> inGraph(body));
      }
      done = true;
    } catch (StackOverflowError e) {
      throw new UnshippableException(
          "a graph of objects", "it is nested deeper than any stack, or endless", e);
    } catch (KryoException e) {
      throw new UnshippableException("a graph of objects", "it does not fit into 2 GB", e);
    } finally {
      if (!done) {
        rollBack(start);
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

  private State state() {
    GraphHash.Mark hashed = null;
    if (hash != null) {
      out.flush();
      hashed = hash.mark();
    }
    return new State(out.position(), objects.size(), classes.size(), outlet.count(), hashed);
  }

  private void rollBack(State start) {
    out.setPosition(start.position());
    if (hash != null && start.hashed() != null) {
      hash.backTo(start.hashed());
    }
    outlet.truncate(start.outletCount());
    for (int i = objects.size() - 1; i >= start.objectCount(); i--) {
      ids.remove(objects.remove(i), -1);
    }
    for (int i = classes.size() - 1; i >= start.classCount(); i--) {
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

  Outlet outlet() {
    return outlet;
  }

  /// Writes a value: nothing, a reference to one already written, or its class and content.
  void value(@Nullable Object original) {
    if (original == null) {
      out.writeByte(NULL);
      return;
    }
    if (out.position() > limit) {
      isOverLimit = true;
      throw new UnshippableException("a large value", "it is written elsewhere");
    }
    Object value = StandardStream.replacing(original);
    Coding coding = Codings.of(value.getClass());
    int id = -1;
    if (coding.isShared()) {
      int known = ids.get(value, -1);
      if (known >= 0) {
        if (hash == null) {
          open.met(known, out);
        }
        if (known < itemStart && (isOutside(value) || !hasPlainIdentity(value))) {
          metOfOtherItems.add(known);
        }
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
    if (hash == null) {
      open.opened(objects.size() - 1, out.position());
    }
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

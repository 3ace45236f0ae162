package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import com.esotericsoftware.kryo.kryo5.util.Util;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Kryo as the graphs here use it: references and class names are the [GraphWriter]'s and
/// [GraphReader]'s, so that a graph can grow after others were written.
///
/// Making one costs more than a small graph, so they are kept and lent.
final class Graph extends Kryo {

  static {
    withoutKryosUnsafe();
  }

  /// The one that was given back last: where one thread borrows at a time, the only one.
  private static final AtomicReference<@Nullable Graph> LAST = new AtomicReference<>();

  private static final ConcurrentLinkedQueue<Graph> SPARE = new ConcurrentLinkedQueue<>();

  private @Nullable GraphWriter writer;
  private @Nullable GraphReader reader;

  private Graph() {
    super(new GraphClasses(), new MapReferenceResolver());
    setReferences(false);
    setAutoReset(false);
    setRegistrationRequired(false);
  }

  /// Kryo would use a deprecated class, for nothing that is used here, and the JVM would warn.
  private static void withoutKryosUnsafe() {
    String property = "kryo.unsafe";
    String before = System.getProperty(property);
    System.setProperty(property, "false");
    try {
      Class.forName(Util.class.getName(), true, Graph.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Kryo is not complete", e);
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }

  static Graph borrow() {
    Graph last = LAST.getAndSet(null);
    if (last != null) {
      return last;
    }
    Graph spare = SPARE.poll();
    return spare == null ? new Graph() : spare;
  }

  void giveBack() {
    writer = null;
    reader = null;
    if (!LAST.compareAndSet(null, this)) {
      SPARE.offer(this);
    }
  }

  void attach(GraphWriter session) {
    writer = session;
  }

  void attach(GraphReader session) {
    reader = session;
  }

  GraphWriter writer() {
    GraphWriter session = writer;
    if (session == null) {
      throw new IllegalStateException("nothing is being written");
    }
    return session;
  }

  GraphReader reader() {
    GraphReader session = reader;
    if (session == null) {
      throw new IllegalStateException("nothing is being read");
    }
    return session;
  }

  @Override
  public void writeClassAndObject(Output output, @Nullable Object value) {
    writer().value(value);
  }

  @Override
  @SuppressWarnings("NullAway") // Kryo is not annotated: a null is a value like any other
  public Object readClassAndObject(Input input) {
    return reader().value();
  }

  @Override
  public void reference(Object value) {
    reader().reference(reader().currentId(), value);
  }
}

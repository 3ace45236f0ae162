package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/// How the values of some classes travel. Stateless, so that one serves all graphs and threads.
abstract class Coder<T> extends Serializer<T> {

  abstract void write(GraphWriter writer, T value);

  /// Reads what [#write] wrote. A value that can take part in a cycle calls [GraphReader#reference]
  /// before it reads what it holds.
  ///
  /// @param id the value's number in the graph
  abstract T read(GraphReader reader, Class<? extends T> type, int id);

  @Override
  public final void write(Kryo kryo, Output output, T value) {
    write(((Graph) kryo).writer(), value);
  }

  @Override
  public final T read(Kryo kryo, Input input, Class<? extends T> type) {
    GraphReader reader = ((Graph) kryo).reader();
    return read(reader, type, reader.currentId());
  }
}

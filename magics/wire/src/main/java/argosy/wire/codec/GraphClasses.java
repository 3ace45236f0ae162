package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.ClassResolver;
import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import org.jspecify.annotations.Nullable;

/// Tells Kryo how classes are named: as the graph's [ClassTable] says.
@SuppressWarnings("rawtypes") // Kryo's signatures are raw
final class GraphClasses implements ClassResolver {

  private @Nullable Graph graph;

  @Override
  public void setKryo(Kryo kryo) {
    graph = (Graph) kryo;
  }

  @Override
  public Registration register(Registration registration) {
    return registration; // every class has its coding already
  }

  @Override
  @SuppressWarnings("NullAway") // Kryo is not annotated: null means that no class has a number
  public Registration unregister(int id) {
    return null;
  }

  @Override
  public Registration registerImplicit(Class type) {
    return getRegistration(type);
  }

  @Override
  public Registration getRegistration(Class type) {
    return Codings.of((Class<?>) type).registration();
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  public Registration getRegistration(int id) {
    return null;
  }

  @Override
  public Registration writeClass(Output output, Class type) {
    current().writer().classOf((Class<?>) type);
    return getRegistration(type);
  }

  @Override
  public Registration readClass(Input input) {
    return getRegistration(current().reader().classOf());
  }

  @Override
  public void reset() {}

  private Graph current() {
    Graph kryo = graph;
    if (kryo == null) {
      throw new IllegalStateException("setKryo comes first");
    }
    return kryo;
  }
}

package argosy.wire.codec;

/// Brings the values that an [Outlet] took out of a graph.
@FunctionalInterface
public interface Inlet {

  /// Has nothing to bring.
  Inlet NONE =
      number -> {
        throw new IllegalStateException(
            "the bytes are damaged: no value " + number + " came beside them");
      };

  /// {@return the value that the outlet gave this number, a primitive array or a `String`}
  Object bring(int number);
}

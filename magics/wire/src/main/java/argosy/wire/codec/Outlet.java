package argosy.wire.codec;

/// Takes large values out of a graph that is being written, so that they travel beside it.
///
/// Confined to the writer's thread.
public interface Outlet {

  /// A primitive array or a string of so many bytes is offered to an outlet.
  int LARGE_BYTES = 64 << 10;

  /// Takes nothing: all values stay in the graph.
  Outlet NONE =
      new Outlet() {
        @Override
        public int take(Object value) {
          return -1;
        }

        @Override
        public int count() {
          return 0;
        }

        @Override
        public void truncate(int count) {}
      };

  /// Takes a value as it is now, or leaves it.
  ///
  /// @param value a primitive array or a `String`, offered once in a graph
  /// @return the number under which the reader's [Inlet] brings it, or -1 to leave it in the graph
  int take(Object value);

  /// {@return how many numbers have been given}
  int count();

  /// Takes back all numbers from `count` on, because what held them was not written after all.
  void truncate(int count);
}

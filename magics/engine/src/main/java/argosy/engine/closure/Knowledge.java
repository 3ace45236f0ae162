package argosy.engine.closure;

import argosy.wire.ContentId;

/// What the workers have been sent already.
public interface Knowledge {

  /// Nobody knows anything.
  Knowledge NONE =
      new Knowledge() {
        @Override
        public int workers() {
          return 0;
        }

        @Override
        public int withClosure(ContentId closure) {
          return 0;
        }

        @Override
        public int withClass(ContentId definition) {
          return 0;
        }
      };

  /// {@return how many workers run}
  int workers();

  /// {@return how many of them have a closure}
  int withClosure(ContentId closure);

  /// {@return how many of them have the definition of a class}
  int withClass(ContentId definition);
}

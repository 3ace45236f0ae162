package argosy.kernel.magic;

import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import org.jspecify.annotations.Nullable;

/// A magic as a value.
record BuiltIn(String name, Kind kind, String summary, String usage, Action action)
    implements Magic {

  /// What a magic does.
  interface Action {
    @Nullable Object run(MagicCall call) throws Exception;
  }

  @Override
  public @Nullable Object run(MagicCall call) throws Exception {
    return action.run(call);
  }

  /// {@return the same magic under another name}
  BuiltIn alias(String other) {
    return new BuiltIn(
        other, kind, "Same as %" + name + ".", usage.replace("%" + name, "%" + other), action);
  }
}

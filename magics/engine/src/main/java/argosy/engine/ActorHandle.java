package argosy.engine;

import argosy.Engine;
import java.io.Serial;
import java.io.Serializable;

/// What travels in place of an actor. At the other end it is something that calls the same actor.
///
/// @param id which one
/// @param worker where it lives
record ActorHandle(long id, int worker) implements Serializable {

  @Serial
  private Object readResolve() {
    RemoteActor<?> here =
        Engine.current() instanceof LocalEngine engine ? engine.placement().find(id) : null;
    return here == null ? new CalledActor<>(this) : here;
  }
}

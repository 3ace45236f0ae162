package argosy.wire;

import java.util.Objects;

/// A class that was written in a notebook, as a worker is to define it.
///
/// @param name the binary name, as `Class.getName()` gives it
/// @param id the identity of `bytes`
/// @param bytes the class file, ready to be defined
public record ClassDefinition(String name, ContentId id, Payload bytes) {

  /// Checks that nothing is missing.
  public ClassDefinition {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(bytes, "bytes is null");
  }
}

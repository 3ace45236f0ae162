package argosy.kernel.dependency;

import java.nio.file.Path;
import java.util.List;

/// What a request adds to the session.
///
/// @param jars the files that the session did not have, in class path order
/// @param notices what the user should know, such as a library that stays at an older version
///   because the session has loaded it already
public record Resolution(List<Path> jars, List<String> notices) {

  /// Copies.
  public Resolution {
    jars = List.copyOf(jars);
    notices = List.copyOf(notices);
  }
}

/// Finds libraries in Maven repositories.
///
/// In: coordinates, POMs and repositories, as notebooks name them. Out: the jars that the session
/// needs besides those that it has already, chosen in one resolution over everything asked for so
/// far, or one error that says which coordinate was not found where. Repositories, mirrors, proxies
/// and credentials are those of the user's `settings.xml`, files those of the local repository that
/// Maven itself uses.
///
/// Each resolution runs on a thread of its own, `argosy/maven`, so that the cell that asked for it
/// can be interrupted whatever the network does; the calling thread waits.
@NullMarked
package argosy.kernel.dependency;

import org.jspecify.annotations.NullMarked;

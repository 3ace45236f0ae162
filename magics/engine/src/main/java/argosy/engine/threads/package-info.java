/// Who uses how many threads: [ThreadSurvey] looks, a [ThreadReport] is what `%threads` shows.
///
/// In: the processes of the workers, and the options of their JVMs. Out: what each may use, and
/// what it uses. [LibraryThreads] changes that for a while, in this process. Where the system does
/// not tell, that is null, and not a guess.
@NullMarked
package argosy.engine.threads;

import org.jspecify.annotations.NullMarked;

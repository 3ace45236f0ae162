package argosy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A function whose results are kept in files, by its code, what it captures, and its input.
///
/// Made by [Parallel#cached]. Can be called anywhere, tasks included; who has the files has the
/// results, be it another worker, another notebook, or this one tomorrow. A result is computed
/// again if the function's code has changed, or that of a cell which it calls, or the value of a
/// variable that it reads; where the code stands, its comments and line breaks do not matter. Code
/// of libraries counts as unchanged. Several who miss one result at a time compute it each; the
/// files stay whole. Safe from any thread.
///
/// @param <A> the input; compared as it would travel, so that of equal sets with another history
///   one may be computed again
/// @param <R> the result
public interface Cached<A extends @Nullable Object, R extends @Nullable Object> extends Fn<A, R> {

  /// {@return the result that is kept, or what the function returns, which is kept then}
  ///
  /// A result that cannot be kept, such as one with an open file, is returned all the same, with a
  /// line about it where errors are printed.
  ///
  /// @throws NotShippableException if the input has no bytes to find its result by
  /// @throws Exception what the function throws; nothing is kept then
  @Override
  R call(A input) throws Exception;

  /// {@return whether there is a result for this input}
  boolean has(A input);

  /// Deletes all results of the function as it is now.
  void clear();

  /// {@return where the results are of the function as it is now}
  Path folder();
}

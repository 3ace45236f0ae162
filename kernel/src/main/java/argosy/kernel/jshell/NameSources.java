package argosy.kernel.jshell;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Where the names come from that someone may have meant.
///
/// @param types gives the full names of the types, imported or not, whose simple names are of some
///   kind
/// @param unlikeAnnotation tells of a full name whether it is that of another type
/// @param packages gives the names of all packages
/// @param imported gives the names of some kind that the imports on demand offer
/// @param hidden gives the full names of the types of a simple name that imports on demand would
///   offer if they were public
/// @param ofCells tells of a full name whether it is that of a type in a cell that starts with
///   `package`
/// @param missed says of a name that cells were to declare why they did not
/// @param members gives what may follow code that ends with a dot; behind a method's name there is
///   a bracket, or two if it has no parameters
record NameSources(
    Function<Predicate<String>, Stream<String>> types,
    Predicate<String> unlikeAnnotation,
    Supplier<Stream<String>> packages,
    Function<Predicate<String>, Stream<String>> imported,
    Function<String, Stream<String>> hidden,
    Predicate<String> ofCells,
    Function<String, Optional<String>> missed,
    Function<String, Stream<String>> members) {}

package argosy.trial;

import org.jspecify.annotations.Nullable;

/// An object with large values, in a package that cells could use: what is the engine's own never
/// ships.
@SuppressWarnings("ArrayRecordComponent") // what a user's record may have
public record Node(String name, double[] data, @Nullable Object next) {}

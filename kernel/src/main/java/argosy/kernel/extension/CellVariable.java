package argosy.kernel.extension;

import org.jspecify.annotations.Nullable;

/// A variable that a cell has declared.
///
/// @param name its name
/// @param type its type, as the notebook would write it
/// @param value what it holds now
public record CellVariable(String name, String type, @Nullable Object value) {}

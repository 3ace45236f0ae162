/// From the text of a cell to the pieces that run one after the other.
///
/// In: what the user wrote, and the names of the magics. Out: a [Cell] of magics, questions for
/// help, and Java snippets, each of which knows where it stands in the text, so that every message
/// can name the line that the user sees.
///
/// Everything here is a pure function of the text and safe from any thread; so is [MagicRegistry],
/// the one thing with a state.
@NullMarked
package argosy.kernel.cell;

import org.jspecify.annotations.NullMarked;

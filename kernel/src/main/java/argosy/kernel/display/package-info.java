/// From a value to what Jupyter shows: a bundle of the same thing in several MIME types.
///
/// In: any value, and the renderers that extensions and users register in [Renderers]. Out: MIME
/// type to data, `text/plain` always among them. The methods of [Display] are the ones that every
/// cell can call by their simple names.
///
/// Safe from any thread; a value is rendered on the thread that asks, by its own code, whose
/// exceptions are caught here.
@NullMarked
package argosy.kernel.display;

import org.jspecify.annotations.NullMarked;

/// The names by which notebooks written for rapaio's kernel change how values are shown. No code of
/// that kernel: the names, and settings of this one.
@NullMarked
package org.rapaio.jupyter.kernel.global;

import org.jspecify.annotations.NullMarked;

/// The names of kinds of data.
@NullMarked
package org.dflib.jjava.jupyter.kernel.display.mime;

import org.jspecify.annotations.NullMarked;

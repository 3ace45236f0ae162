/// The names by which libraries written for JJava reach their kernel. No code of JJava's: the
/// names, and what libraries and notebooks need of them.
@NullMarked
package org.dflib.jjava.jupyter;

import org.jspecify.annotations.NullMarked;

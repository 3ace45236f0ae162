/// Magics, as libraries written for JJava make them.
@NullMarked
package org.dflib.jjava.jupyter.kernel.magic;

import org.jspecify.annotations.NullMarked;

/// How values are shown, as libraries written for JJava say it.
@NullMarked
package org.dflib.jjava.jupyter.kernel.display;

import org.jspecify.annotations.NullMarked;

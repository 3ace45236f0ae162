/// The kernel as libraries written for JJava know theirs.
@NullMarked
package org.dflib.jjava.jupyter.kernel;

import org.jspecify.annotations.NullMarked;

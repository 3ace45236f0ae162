/// The kernel for Java, as notebooks written for JJava know theirs.
@NullMarked
package org.dflib.jjava.kernel;

import org.jspecify.annotations.NullMarked;

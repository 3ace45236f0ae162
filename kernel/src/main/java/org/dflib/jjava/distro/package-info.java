/// How JJava's names come into a session.
@NullMarked
package org.dflib.jjava.distro;

import org.jspecify.annotations.NullMarked;

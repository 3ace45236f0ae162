/// What IJava's notebooks, and libraries made for it, call by class and name. Out: calls of this
/// kernel.
@NullMarked
package io.github.spencerpark.ijava.runtime;

import org.jspecify.annotations.NullMarked;

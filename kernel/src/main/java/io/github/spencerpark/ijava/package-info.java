/// The names by which notebooks written for IJava reach their kernel.
///
/// In: what such a notebook registers, through basekernel's own `Renderer` and `Magics`, which
/// cells see under their own names for this purpose. Out: renderers and magics of this kernel. No
/// code of IJava's: the names, and what notebooks need of them.
@NullMarked
package io.github.spencerpark.ijava;

import org.jspecify.annotations.NullMarked;

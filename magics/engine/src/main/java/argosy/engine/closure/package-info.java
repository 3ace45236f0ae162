/// What ships with a function: its code, and the values that its code reaches.
///
/// In: a function and inputs, as objects of this process. Out: a
/// [argosy.wire.ClosureDefinition] with the class files that it needs, and encoded inputs; later,
/// results decoded into objects of this process. Everything runs on the caller's thread.
///
///     function -> encoded -> lambdas, objects -> their code followed -> statics -> encoded -> ...
///
/// [Capture] is the way in; [Reach] follows the bytecode, [CellClass] reads it, [ShippingTransform]
/// writes what the workers define.
@NullMarked
package argosy.engine.closure;

import org.jspecify.annotations.NullMarked;

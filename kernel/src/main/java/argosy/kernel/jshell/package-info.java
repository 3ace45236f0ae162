/// Runs Java: the snippets of a cell, one after the other, in this very process.
///
/// In: cells, through [argosy.kernel.interpreter.Interpreter]. Out: values as MIME bundles and
/// errors that name the cell and its line; for extensions, the bytecode of every class that cells
/// have defined.
///
/// The snippets of a cell are compiled together, as far as they can be, before the first of them
/// runs ([Foresight]); the shell evaluates them one by one all the same.
///
/// One thread runs the cells ([CellThread]): the compiler and the user's code alternate on it. If
/// nothing can end a cell, its thread is given up and another one takes over. Every other thread
/// reaches the shell only through [ShellLock], which the cell's thread releases while the user's
/// code runs; so completion answers meanwhile.
@NullMarked
package argosy.kernel.jshell;

import org.jspecify.annotations.NullMarked;

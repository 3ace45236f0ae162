package argosy.commands;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every case of the closure suite, in cells of a real session. The third way, through the
/// installed kernel, is in `install/tests`.
/*
 * What cloudpickle's tests ask of Python, and where its counterpart is asked of a JVM:
 * - lambda, nested_lambdas, recursive_closure, closure_none, unhashable_closure, partial, wraps:
 *   `lambdas`, and `unusual` (curried functions, functions of functions)
 * - itemgetter, attrgetter, builtin_*, method_descriptors, instancemethods_without_self,
 *   classmethod, bound_classmethod, property: method references of all kinds in `lambdas`,
 *   `language` and `unusual`
 * - locally_defined_function_and_class, dynamically_generated_class_that_uses_super,
 *   cycle_in_classdict_globals, abc, abstracts, instance_with_slots: `classes`, `language`
 * - namedtuple, NamedTuple, dataclass*, typevar*, generic_*, *_annotations, type_hint: records,
 *   generics and annotations in `classes`, `language` and `unusual`
 * - locally_defined_enum, interactively_defined_enum: enums in `classes` and `language`
 * - interactively_defined_*, closure_interacting_with_a_global_variable,
 *   interactive_remote_function_calls*: `rules`, and RedefinitionIT, which also has those on
 *   stored instances and on memory
 * - dict_keys and the other views, mappingproxy, memoryview, out_of_band_buffers: `values`,
 *   `library`; large arrays also in LargeValuesIT
 * - generator, itertools_count, sm, cm: iterators of cells in `classes`, `values` and `unusual`
 * - logger, Ellipsis, NoneType, pickling_file_handles: loggers by name, null, `System.out` as a
 *   value in `library` and `values`
 * - multiprocessing_lock_raises, pickle_reraise, module_with_unpicklable_builtin,
 *   recursion_during_pickling: RefusalIT, which has the list of a million links too
 * - register_pickle_by_value, submodule*, module*, importable*, relative_import: classes of jars
 *   travel by name: LibraryClosuresIT
 * - *deterministic*, str_interning, memoization: RepeatedClosureIT, and literals in `unusual`
 * - weakset, abc_cache, cell_manipulation, empty_cell, firstlineno, copyreg: nothing of a JVM's
 */
@Timeout(900)
class ClosureSuiteIT {

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicNode> withinOneProcess() {
    return ClosureTable.tests(() -> knowing(Notebook.with(folder, OneProcessEngine.extension())));
  }

  @TestFactory
  Stream<DynamicNode> onWorkerProcesses() {
    return ClosureTable.tests(() -> {
      Notebook notebook = knowing(Notebook.open(folder));
      notebook.run("%workers 2").shown();
      return notebook;
    });
  }

  private static Notebook knowing(Notebook notebook) {
    notebook.run("import static argosy.Parallel.*;").showsNothing();
    return notebook;
  }
}

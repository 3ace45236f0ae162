package jdk.jshell;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.main.JavaCompiler;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.util.Abort;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.FatalError;
import com.sun.tools.javac.util.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/// Makes class files in a task of the compiler: of classes that the task has analyzed, and of more.
/// A task of its own would have to find out once more what there is to import.
final class Compilation {

  private final MemoryFileManager files;
  private final TaskFactory.AnalyzeTask task;
  private final Map<OuterWrap, CompilationUnitTree> trees = new HashMap<>();

  /// How much the compiler had said before it came to the classes that are to be made.
  private int saidBefore;

  /// What the compiler said about a class.
  record Analyzed(CompilationUnitTree tree, DiagList diagnostics) {}

  /// What it made of a class, and of those in it.
  record Compiled(Analyzed analyzed, List<MemoryFileManager.OutputMemoryJavaFileObject> files) {}

  Compilation(MemoryFileManager files, TaskFactory.AnalyzeTask task) {
    this.files = files;
    this.task = task;
    for (CompilationUnitTree tree : task.cuTrees()) {
      trees.put(task.sourceForFile(tree.getSourceFile()), tree);
    }
  }

  Map<OuterWrap, Analyzed> analyzed(List<OuterWrap> wraps) {
    Map<OuterWrap, DiagList> said = new HashMap<>();
    for (Diagnostic<? extends JavaFileObject> diagnostic : task.diagnostics.getDiagnostics()) {
      if (diagnostic.getSource() != null) {
        OuterWrap wrap = task.sourceForFile(diagnostic.getSource());
        said.computeIfAbsent(wrap, w -> new DiagList()).add(task.diag(diagnostic));
      }
    }
    Map<OuterWrap, Analyzed> result = new HashMap<>();
    for (OuterWrap wrap : wraps) {
      result.put(wrap, new Analyzed(trees.get(wrap), said.getOrDefault(wrap, new DiagList())));
    }
    return result;
  }

  /// Analyzes more classes. What has been said so far counts no longer.
  ///
  /// @param wraps may have some that the task has analyzed
  /// @return whether that can be done; not if the task knows one of them as another one
  boolean add(List<OuterWrap> wraps) {
    Map<String, OuterWrap> known = new HashMap<>();
    trees.keySet().forEach(wrap -> known.put(wrap.classFullName(), wrap));
    List<OuterWrap> fresh = new ArrayList<>();
    for (OuterWrap wrap : wraps) {
      OuterWrap same = known.get(wrap.classFullName());
      if (same == null && !Inside.classFiles(files).containsKey(wrap.classFullName())) {
        fresh.add(wrap);
      } else if (same == null || !same.wrapped().equals(wrap.wrapped()) || isWrong()) {
        return false;
      } else {
        CompilationUnitTree tree = trees.get(same);
        Inside.sources(task).put(tree.getSourceFile().toUri(), wrap);
        trees.put(wrap, tree);
      }
    }
    saidBefore = task.diagnostics.getDiagnostics().size();
    complaining(() -> enter(fresh));
    task.task.analyze();
    return true;
  }

  /// Whether the compiler has met an error, and so may not have finished with any class.
  private boolean isWrong() {
    return task.diagnostics.getDiagnostics().stream()
        .anyMatch(said -> said.getKind() == Diagnostic.Kind.ERROR);
  }

  private Object enter(List<OuterWrap> wraps) {
    Context context = task.getContext();
    // The compiler generates nothing as long as it counts an error.
    Log.instance(context).nerrors = 0;
    List<JavaFileObject> sources = new ArrayList<>();
    for (OuterWrap wrap : wraps) {
      JavaFileObject source =
          files.createSourceFileObject(wrap, wrap.classFullName(), wrap.wrapped());
      Inside.sources(task).put(source.toUri(), wrap);
      sources.add(source);
    }
    JavaCompiler compiler = JavaCompiler.instance(context);
    var parsed = compiler.parseFiles(sources);
    var module = ((JCTree.JCCompilationUnit) task.firstCuTree()).modle;
    for (JCTree.JCCompilationUnit tree : parsed) {
      tree.modle = module;
      trees.put(task.sourceForFile(tree.getSourceFile()), tree);
    }
    return compiler.enterTrees(parsed);
  }

  /// {@return the index of the first class that does not compile; their number if all do; -1 if the
  /// compiler complains about something else}
  int firstWrong(List<OuterWrap> wraps) {
    int first = wraps.size();
    var said = task.diagnostics.getDiagnostics();
    for (Diagnostic<? extends JavaFileObject> diagnostic : said.subList(saidBefore, said.size())) {
      if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
        OuterWrap wrap =
            diagnostic.getSource() == null ? null : task.sourceForFile(diagnostic.getSource());
        first = Math.min(first, wraps.indexOf(wrap));
      }
    }
    return first;
  }

  /// Makes the files of classes that have been analyzed.
  Map<OuterWrap, Compiled> generate(List<OuterWrap> wraps) {
    List<Symbol.ClassSymbol> classes = new ArrayList<>();
    for (OuterWrap wrap : wraps) {
      for (var declared : trees.get(wrap).getTypeDecls()) {
        classes.add(((JCTree.JCClassDecl) declared).sym);
      }
      trees.computeIfPresent(wrap, (w, tree) -> outline(tree));
    }
    var files = generate(wraps, classes);
    Map<OuterWrap, Analyzed> analyzed = analyzed(wraps);
    Map<OuterWrap, Compiled> result = new LinkedHashMap<>();
    for (OuterWrap wrap : wraps) {
      result.put(
          wrap,
          new Compiled(analyzed.get(wrap), files.getOrDefault(wrap.classFullName(), List.of())));
    }
    return result;
  }

  /// {@return the class files by the class of the snippet that they belong to}
  private Map<String, List<MemoryFileManager.OutputMemoryJavaFileObject>> generate(
      List<OuterWrap> wraps, List<Symbol.ClassSymbol> classes) {
    var known = Inside.classFiles(files);
    var before = new TreeMap<String, MemoryFileManager.OutputMemoryJavaFileObject>();
    wraps.forEach(wrap -> before.putAll(Inside.ofClass(known, wrap.classFullName())));
    Map<String, List<MemoryFileManager.OutputMemoryJavaFileObject>> made = new LinkedHashMap<>();
    for (JavaFileObject file : complaining(() -> task.task.generate(classes))) {
      var classFile = known.get(file.getName());
      if (classFile != null) {
        made.computeIfAbsent(outermost(classFile.getName()), n -> new ArrayList<>())
            .add(classFile);
      }
    }
    // The shell is to find what runs; these are what may run.
    wraps.forEach(wrap -> Inside.ofClass(known, wrap.classFullName()).clear());
    known.putAll(before);
    return made;
  }

  private static String outermost(String className) {
    int nested = className.indexOf('$', "REPL.$JShell$".length());
    return nested < 0 ? className : className.substring(0, nested);
  }

  private static <T> T complaining(Supplier<T> work) {
    try {
      return work.get();
    } catch (Abort | FatalError e) {
      throw new IllegalStateException(e);
    }
  }

  /// {@return a tree with the types and methods as they are now; generating code takes them apart}
  private static CompilationUnitTree outline(CompilationUnitTree tree) {
    JCTree.JCCompilationUnit file =
        (JCTree.JCCompilationUnit) ((JCTree.JCCompilationUnit) tree).clone();
    file.defs = file.defs.map(Compilation::outline);
    return file;
  }

  private static JCTree outline(JCTree declaration) {
    JCTree copy = (JCTree) declaration.clone();
    switch (copy) {
      case JCTree.JCClassDecl type -> type.defs = type.defs.map(Compilation::outline);
      case JCTree.JCMethodDecl method -> method.body = null;
      case JCTree.JCVariableDecl variable -> variable.init = null;
      case JCTree.JCBlock block -> block.stats = com.sun.tools.javac.util.List.nil();
      default -> {}
    }
    return copy;
  }
}

package argosy.kernel.jshell;

import argosy.kernel.cell.JavaSnippet;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Parses the snippets of a cell without giving them to the shell, so that a syntax error anywhere
/// is known before anything runs. Safe from any thread.
final class SyntaxCheck {

  /// What may stand at top level and in no Java file.
  private static final String NOT_A_STATEMENT = "compiler.err.not.stmt";

  /// Parameters, and what they may throw, at the end.
  private static final Pattern HEADER = Pattern.compile("\\)(\\s*throws\\s[\\w\\s.,]+)?\\s*;$");

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final JavaFileManager files;

  private final CompilerOptions options;

  SyntaxCheck(CompilerOptions options) {
    this.options = options;
    JavaFileManager standard = compiler.getStandardFileManager(null, null, null);
    // With options of the user's, a plug-in may be one of them.
    files = options.equals(CompilerOptions.NONE) ? new Files(standard) : standard;
  }

  /// A way to make a Java file of a snippet.
  private enum Frame {
    FILE("", "", true),
    MEMBER("class $ { ", "\n}", true),
    BLOCK("class $ { Object $() throws Throwable { ", "\n} }", true),

    /// In a block, `a < b` starts like a variable of a type with arguments.
    EXPRESSION("class $ { Object $ = ", "\n}", false);

    private final String before;
    private final String after;

    /// Whether what is wrong with a snippet there may be what is wrong with it.
    private final boolean explains;

    Frame(String before, String after, boolean explains) {
      this.before = before;
      this.after = after;
      this.explains = explains;
    }
  }

  /// {@return what is wrong with a snippet's syntax, in order; empty if nothing is}
  List<Problem> check(JavaSnippet snippet) {
    return check(List.of(snippet));
  }

  /// {@return whether a snippet is the header of a method whose body may be on the next line}
  boolean isHeader(JavaSnippet snippet) {
    List<JavaSnippet> alone = List.of(snippet);
    return snippet.kind() == JavaSnippet.Kind.STATEMENT
        && !snippet.closedByUser()
        && HEADER.matcher(snippet.source()).find()
        && !parse(alone, 0).getFirst().isEmpty()
        && parse(alone, 1).getFirst().isEmpty();
  }

  /// {@return what is wrong with the syntax of the first snippet that is wrong, in order; empty if
  /// nothing is}
  List<Problem> check(List<JavaSnippet> snippets) {
    Map<JavaSnippet, List<Problem>> best = new HashMap<>();
    List<JavaSnippet> wrong = snippets;
    for (int frame = 0; !wrong.isEmpty(); frame++) {
      List<JavaSnippet> tried = wrong;
      List<List<Problem>> found = parse(tried, frame);
      wrong = new ArrayList<>();
      for (int i = 0; i < tried.size(); i++) {
        JavaSnippet snippet = tried.get(i);
        List<Frame> frames = frames(snippet.kind());
        if (found.get(i).isEmpty() || frames.get(frame).explains) {
          best.merge(snippet, found.get(i), SyntaxCheck::better);
        }
        if (!found.get(i).isEmpty() && frame + 1 < frames.size()) {
          wrong.add(snippet);
        }
      }
    }
    return snippets.stream()
        .map(best::get)
        .filter(problems -> !problems.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /// {@return the problems in that frame in which the parser gets further}
  private static List<Problem> better(List<Problem> known, List<Problem> other) {
    return other.isEmpty() || other.getFirst().start() > known.getFirst().start() ? other : known;
  }

  private static List<Frame> frames(JavaSnippet.Kind kind) {
    return switch (kind) {
      case IMPORT, PACKAGE -> List.of(Frame.FILE);
      case TYPE, RECORD, METHOD -> List.of(Frame.MEMBER);
      case STATEMENT -> List.of(Frame.BLOCK, Frame.MEMBER, Frame.EXPRESSION);
    };
  }

  /// {@return the problems of each snippet in its frame of an index, the first one of each line: on
  /// the rest of it the parser only stumbles along}
  private List<List<Problem>> parse(List<JavaSnippet> snippets, int index) {
    List<Text> texts = new ArrayList<>();
    List<List<Problem>> problems = new ArrayList<>();
    List<Set<Long>> wrongLines = new ArrayList<>();
    for (JavaSnippet snippet : snippets) {
      texts.add(new Text(texts.size(), snippet, frames(snippet.kind()).get(index)));
      problems.add(new ArrayList<>());
      wrongLines.add(new HashSet<>());
    }
    DiagnosticListener<JavaFileObject> listener =
        diagnostic -> {
          if (diagnostic.getKind() == Diagnostic.Kind.ERROR
              && !NOT_A_STATEMENT.equals(diagnostic.getCode())
              && diagnostic.getSource() != null) {
            int number = Text.number(diagnostic.getSource());
            if (wrongLines.get(number).add(diagnostic.getLineNumber())) {
              problems.get(number).add(texts.get(number).problem(diagnostic));
            }
          }
        };
    List<String> all = options.with("-proc:none", "-Xlint:none");
    JavacTask task =
        (JavacTask) compiler.getTask(new StringWriter(), files, listener, all, null, texts);
    try {
      task.parse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    problems.forEach(found -> found.sort(Comparator.comparingInt(Problem::start)));
    return problems;
  }

  /// Spares the compiler the search for plug-ins, of which a parser needs none.
  private static final class Files extends ForwardingJavaFileManager<JavaFileManager> {

    private static final ClassLoader NO_PLUGINS = new ClassLoader(null) {};

    Files(JavaFileManager others) {
      super(others);
    }

    @Override
    public ClassLoader getClassLoader(Location location) {
      return NO_PLUGINS;
    }
  }

  private static final class Text extends SimpleJavaFileObject {

    private final JavaSnippet snippet;
    private final Frame frame;

    Text(int number, JavaSnippet snippet, Frame frame) {
      super(URI.create("string:///" + number + ".java"), Kind.SOURCE);
      this.snippet = snippet;
      this.frame = frame;
    }

    static int number(JavaFileObject text) {
      return Integer.parseInt(text.toUri().getPath().replaceAll("\\D", ""), 10);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return frame.before + snippet.source() + frame.after;
    }

    Problem problem(Diagnostic<?> diagnostic) {
      int start = inSource(diagnostic.getPosition());
      int end = Math.max(start, inSource(diagnostic.getEndPosition()));
      return new Problem(
          snippet.inCell(start), snippet.inCell(end), CompilerMessages.plain(diagnostic));
    }

    private int inSource(long position) {
      return (int)
          Math.clamp(position - frame.before.length(), 0L, (long) snippet.source().length());
    }
  }
}

package argosy.kernel.jshell;

import argosy.kernel.cell.JavaSnippet;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Parses the snippets of a cell without giving them to the shell, so that a syntax error anywhere
/// is known before anything runs. Safe from any thread.
final class SyntaxCheck {

  /// What may stand at top level and in no Java file.
  private static final String NOT_A_STATEMENT = "compiler.err.not.stmt";

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);

  /// A way to make a Java file of a snippet.
  private enum Frame {
    FILE("", ""),
    MEMBER("class $ { ", "\n}"),
    BLOCK("class $ { Object $() throws Throwable { ", "\n} }");

    private final String before;
    private final String after;

    Frame(String before, String after) {
      this.before = before;
      this.after = after;
    }
  }

  /// {@return what is wrong with a snippet's syntax, in order; empty if nothing is}
  List<Problem> check(JavaSnippet snippet) {
    List<Problem> best = List.of();
    for (Frame frame : frames(snippet.kind())) {
      List<Problem> problems = parse(snippet, frame);
      if (problems.isEmpty()) {
        return List.of();
      }
      if (best.isEmpty() || problems.getFirst().start() > best.getFirst().start()) {
        best = problems;
      }
    }
    return best;
  }

  private static List<Frame> frames(JavaSnippet.Kind kind) {
    return switch (kind) {
      case IMPORT, PACKAGE -> List.of(Frame.FILE);
      case TYPE, RECORD, METHOD -> List.of(Frame.MEMBER);
      case STATEMENT -> List.of(Frame.BLOCK, Frame.MEMBER);
    };
  }

  private List<Problem> parse(JavaSnippet snippet, Frame frame) {
    Text file = new Text(frame.before + snippet.source() + frame.after);
    List<Diagnostic<? extends JavaFileObject>> found = new ArrayList<>();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                new StringWriter(),
                files,
                found::add,
                List.of("-proc:none", "-Xlint:none"),
                null,
                List.of(file));
    try {
      task.parse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream()
        .filter(d -> d.getKind() == Diagnostic.Kind.ERROR && !NOT_A_STATEMENT.equals(d.getCode()))
        .map(d -> problem(snippet, frame, d))
        .sorted(Comparator.comparingInt(Problem::start))
        .toList();
  }

  private static Problem problem(JavaSnippet snippet, Frame frame, Diagnostic<?> diagnostic) {
    int start = inSource(snippet, frame, diagnostic.getPosition());
    int end = Math.max(start, inSource(snippet, frame, diagnostic.getEndPosition()));
    return new Problem(
        snippet.inCell(start), snippet.inCell(end), diagnostic.getMessage(Locale.ROOT));
  }

  private static int inSource(JavaSnippet snippet, Frame frame, long position) {
    return (int) Math.clamp(position - frame.before.length(), 0L, (long) snippet.source().length());
  }

  private static final class Text extends SimpleJavaFileObject {

    private final String content;

    Text(String content) {
      super(URI.create("string:///$.java"), Kind.SOURCE);
      this.content = content;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }
}

package jdk.jshell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Evaluates snippets as the shell does, after it has compiled several at once.
public final class Foresight {

  /*
   * Drafts. A source becomes snippets, as far as that needs no compiler. Where the shell asks for the
   * type of an expression, the question is noted instead.
   *
   * Inference. All questions of the batch go to the compiler together. A trial that names a variable
   * whose type is a question itself has that variable's declaration in front of it. With the
   * answers the remaining drafts become snippets.
   *
   * Compilation. The classes of all snippets are compiled together, each with imports of those
   * before it. If one does not compile, only those before it are kept.
   *
   * Evaluation. The shell declares one snippet after the other, and asks for just those classes. If
   * meanwhile something has changed that they depend on, it asks something else, and the compiler
   * answers.
   *
   * A batch ends before a snippet that declares a name which the batch has used in another sense,
   * and before a question that comes after a new type: the shell prints only types that are there.
   */

  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\s*var\\s+([\\p{javaJavaIdentifierStart}][\\p{javaJavaIdentifierPart}]*)\\s*=(.*)",
          Pattern.DOTALL);
  private static final Pattern ANONYMOUS =
      Pattern.compile("\\bnew\\b[^;{}]*\\)\\s*\\{", Pattern.DOTALL);
  private static final int MOST = 200;

  private final JShell shell;
  private final ThinImports imports;
  private final ForeseenTasks tasks;
  private final Deque<Draft> ready = new ArrayDeque<>();
  private final Map<Snippet, Map.Entry<String, Key>> withdrawn = new HashMap<>();

  /// A source on its way to snippets.
  ///
  /// The expression is that of a question, the variable the one that it declares, if it does.
  private static final class Draft {
    final String source;
    final Set<String> named;
    final int temporaries;
    List<Snippet> snippets = List.of();
    OuterWrap asked;
    ForeseenTasks.Parsed parsed;
    String variable = "";
    String expression = "";

    Draft(String source, int temporaries) {
      this.source = source;
      this.named = Mentions.in(source);
      this.temporaries = temporaries;
    }

    boolean declaresType() {
      return snippets.stream().anyMatch(TypeDeclSnippet.class::isInstance);
    }

    Set<String> declared() {
      Set<String> names = new HashSet<>();
      if (!variable.isEmpty()) {
        names.add(variable);
      }
      for (Snippet snippet : snippets) {
        if (snippet instanceof DeclarationSnippet) {
          names.add(snippet.name());
        }
      }
      return names;
    }
  }

  /// Changes a shell that has evaluated nothing yet.
  public Foresight(JShell shell) {
    this.shell = shell;
    this.imports = new ThinImports(shell);
    this.tasks = new ForeseenTasks(shell);
    Inside.exchange(shell, imports, tasks);
  }

  /// Compiles the first of some sources together, as many as can be.
  ///
  /// @return how many; they are to be evaluated next
  public int prepare(List<String> sources) {
    forget();
    List<Draft> drafts = record(sources);
    try {
      boolean isCompiled =
          drafts.stream().anyMatch(draft -> draft.asked != null) && infer(drafts);
      while (!isCompiled && !drafts.isEmpty()) {
        isCompiled = compile(drafts);
      }
    } catch (RuntimeException | AssertionError | LinkageError e) {
      truncate(drafts, 0);
    } finally {
      imports.setPending(List.of());
    }
    ready.addAll(drafts);
    return drafts.size();
  }

  /// Spares the compiler an import of something that is known to exist.
  public void trust(String declaration) {
    tasks.trust(declaration);
  }

  /// {@return whether a source has been compiled and is to be evaluated next}
  public boolean isReady(String source) {
    Draft next = ready.peek();
    return next != null && next.source.equals(source);
  }

  /// Evaluates a source, as the shell's own `eval` does.
  public List<SnippetEvent> eval(String source) {
    List<SnippetEvent> events = new ArrayList<>();
    if (isReady(source)) {
      for (Snippet snippet : ready.remove().snippets) {
        publish(snippet);
        events.addAll(Inside.declare(shell, snippet));
      }
    } else {
      forget();
      events.addAll(shell.eval(source));
    }
    for (SnippetEvent event : events) {
      if (event.snippet() instanceof VarSnippet variable && isUnreadable(variable)) {
        Inside.forgetFullType(variable);
      }
    }
    return events;
  }

  /// Whether the shell will fail to read the full type of a variable that it has written down: it
  /// can read `A & B`, but not `List<A & B>`. It then takes an expression over the variable for a
  /// statement, which has no value; without the full type it sees the declared one, a `List`.
  private static boolean isUnreadable(VarSnippet variable) {
    String type = variable.fullTypeName;
    return type != null && type.indexOf('<') >= 0 && type.indexOf('&', type.indexOf('<')) >= 0;
  }

  /// Forgets the class of a snippet that has been dropped, and that no other one can name: every
  /// compilation takes a look at all classes.
  public void bury(Snippet dropped) {
    Inside.ofClass(Inside.classFiles(tasks.fileManager()), dropped.classFullName()).clear();
  }

  /// Takes a loaded class for one of other code, so that the same code is not found to be there.
  public void renew(String className) {
    shell.classTracker.get(className).setLoadedBytes(new byte[0]);
  }

  /// Gives up what has been compiled and not been evaluated.
  public void forget() {
    truncate(new ArrayList<>(ready), 0);
    ready.clear();
    tasks.forget();
    imports.setPending(List.of());
  }

  private List<Draft> record(List<String> sources) {
    List<Draft> drafts = new ArrayList<>();
    Set<String> declared = new HashSet<>();
    Set<String> named = new HashSet<>();
    for (String source : sources) {
      Draft draft = new Draft(source, Inside.temporaries(shell));
      if (drafts.size() == MOST || !fits(draft) || !record(draft)) {
        break;
      }
      Set<String> names = draft.declared();
      boolean afterType = draft.asked != null && drafts.stream().anyMatch(Draft::declaresType);
      if (afterType || names.stream().anyMatch(n -> declared.contains(n) || named.contains(n))) {
        drafts.add(draft);
        truncate(drafts, drafts.size() - 1);
        break;
      }
      declared.addAll(names);
      named.addAll(draft.named);
      drafts.add(draft);
    }
    return drafts;
  }

  /// Whether the shell makes of it what it seems to be: it writes what cannot end in another way,
  /// and knows names that do not stand there.
  private static boolean fits(Draft draft) {
    return !draft.source.startsWith("throw")
        && !draft.source.startsWith("return")
        && draft.named.stream().noneMatch(name -> name.startsWith("$") || name.equals("*"));
  }

  /// {@return whether the draft can be prepared}
  private boolean record(Draft draft) {
    try {
      draft.snippets = tasks.record(draft.source);
    } catch (ForeseenTasks.UnforeseenError e) {
      draft.asked = e.asked();
      draft.parsed = e.parsed();
      return understand(draft);
    }
    if (draft.snippets.isEmpty() || draft.snippets.stream().anyMatch(Foresight::isOther)) {
      draft.snippets = List.of();
      return false;
    }
    draft.snippets.forEach(this::withdraw);
    return true;
  }

  private static boolean isOther(Snippet snippet) {
    return snippet instanceof ErroneousSnippet || snippet instanceof ImportSnippet;
  }

  private boolean understand(Draft draft) {
    if (ANONYMOUS.matcher(draft.source).find()) {
      return false;
    }
    String text = draft.asked.wrapped();
    int at = text.indexOf(Trial.HEAD);
    if (at < 0) {
      return false;
    }
    String body = text.substring(at + Trial.HEAD.length()).strip();
    if (body.startsWith("return ")) {
      int end = body.lastIndexOf(';');
      draft.expression = body.substring("return ".length(), end);
      return true;
    }
    Matcher variable = VARIABLE.matcher(body);
    if (!variable.matches() || variable.group(1).equals("$$$")) {
      return false;
    }
    draft.variable = variable.group(1);
    String rest = variable.group(2);
    int end = rest.lastIndexOf("return null;");
    draft.expression = rest.substring(0, rest.lastIndexOf(';', end)).strip();
    return true;
  }

  /// Finds the types of expressions and of variables declared with `var`, all at once, and compiles
  /// all drafts if that is possible in the same go.
  ///
  /// @return whether they are compiled
  private boolean infer(List<Draft> drafts) {
    Set<String> named = new HashSet<>();
    drafts.stream().filter(d -> d.asked != null).forEach(d -> named.addAll(d.named));
    List<Snippet> pending = new ArrayList<>();
    List<OuterWrap> units = new ArrayList<>();
    List<ForeseenTasks.Question> questions = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      imports.setPending(pending);
      if (draft.asked != null) {
        questions.add(question(drafts, i));
      }
      for (Snippet snippet : draft.snippets) {
        if (snippet instanceof DeclarationSnippet) {
          wrap(snippet);
          units.add(snippet.outerWrap());
          pending.add(snippet);
        }
      }
    }
    boolean[] isCompiled = new boolean[1];
    tasks.ask(
        questions,
        units,
        answers -> {
          answer(drafts, answers);
          isCompiled[0] = isPlain(drafts) && answers.compile(wrap(drafts));
        });
    return isCompiled[0];
  }

  /// Whether no draft names a variable that the compiler has to take for something else than it is
  /// declared to be: the shell tells it so at the start of a task, and only of variables that the
  /// first classes of the task import.
  private boolean isPlain(List<Draft> drafts) {
    return shell
        .variables()
        .filter(variable -> variable.fullTypeName != null)
        .noneMatch(variable ->
            drafts.stream().anyMatch(draft -> Mentions.has(draft.named, variable.name())));
  }

  private ForeseenTasks.Question question(List<Draft> drafts, int index) {
    Draft draft = drafts.get(index);
    List<String> locals = locals(drafts, index);
    Set<String> named = new HashSet<>(draft.named);
    locals.forEach(local -> named.addAll(Mentions.in(local)));
    String second =
        imports
            .wrapInTrialClass(Wrap.methodWrap("var $$$ = " + draft.expression + ";"), named)
            .wrapped()
            .stripTrailing();
    String imported = second.substring(0, second.length() - Trial.guts(second).length());
    return new ForeseenTasks.Question(
        imported + Trial.guts(draft.asked.wrapped()), second, locals);
  }

  private void answer(List<Draft> drafts, ForeseenTasks.Answers answers) {
    int question = 0;
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      if (draft.asked == null) {
        continue;
      }
      try {
        draft.snippets = answers.snippets(question++, draft.source, draft.parsed);
      } catch (ForeseenTasks.UnforeseenError e) {
        draft.snippets = List.of();
      }
      boolean isBad =
          draft.snippets.isEmpty() || draft.snippets.stream().anyMatch(Foresight::isOther);
      if (isBad) {
        draft.snippets = List.of();
        truncate(drafts, i);
        return;
      }
      draft.snippets.forEach(this::withdraw);
    }
  }

  /// Gives a snippet the class that it will have.
  private void wrap(Snippet snippet) {
    Snippet old = shell.maps.getSnippet(snippet.key());
    if (old != null) {
      snippet.setSequenceNumber(old.sequenceNumber());
    }
    snippet.setOuterWrap(imports.wrapAlone(snippet));
  }

  /// Compiles the classes of all drafts together. If one does not compile, only the drafts before it
  /// are left.
  ///
  /// @return whether all drafts that are left are compiled
  private boolean compile(List<Draft> drafts) {
    List<OuterWrap> wraps = wrap(drafts);
    int wrong = tasks.foresee(wraps);
    if (wrong == wraps.size()) {
      return true;
    }
    int draft = 0;
    while (wrong >= drafts.get(draft).snippets.size()) {
      wrong -= drafts.get(draft++).snippets.size();
    }
    truncate(drafts, draft);
    return false;
  }

  /// Gives all snippets the classes that they will have.
  private List<OuterWrap> wrap(List<Draft> drafts) {
    List<Snippet> pending = new ArrayList<>();
    List<OuterWrap> wraps = new ArrayList<>();
    for (Draft draft : drafts) {
      for (Snippet snippet : draft.snippets) {
        imports.setPending(pending);
        wrap(snippet);
        wraps.add(snippet.outerWrap());
        pending.add(snippet);
      }
    }
    return wraps;
  }

  /// Removes drafts from an index on, as if they had never been seen.
  private void truncate(List<Draft> drafts, int from) {
    if (from < drafts.size()) {
      Inside.setTemporaries(shell, drafts.get(from).temporaries);
    }
    while (drafts.size() > from) {
      drafts.removeLast().snippets.forEach(withdrawn::remove);
    }
  }

  /// Takes the name away that a snippet would declare, as long as it is not declared: the shell
  /// cannot print types while it knows the name of one that is not there.
  private void withdraw(Snippet snippet) {
    if (shell.maps.getSnippetDeadOrAlive(snippet.key().index()) == null) {
      Map<String, Key> keys = Inside.keys(shell, snippet);
      for (Map.Entry<String, Key> entry : List.copyOf(keys.entrySet())) {
        if (entry.getValue().equals(snippet.key())) {
          keys.remove(entry.getKey());
          withdrawn.put(snippet, entry);
        }
      }
    }
  }

  private void publish(Snippet snippet) {
    Map.Entry<String, Key> name = withdrawn.remove(snippet);
    if (name != null) {
      Inside.keys(shell, snippet).put(name.getKey(), name.getValue());
    }
  }

  private static List<String> locals(List<Draft> drafts, int index) {
    Set<String> needed = new HashSet<>(drafts.get(index).named);
    List<String> locals = new ArrayList<>();
    for (int i = index - 1; i >= 0; i--) {
      Draft draft = drafts.get(i);
      if (!draft.variable.isEmpty() && needed.contains(draft.variable)) {
        needed.addAll(draft.named);
        locals.addFirst("var " + draft.variable + " = " + draft.expression + ";");
      }
    }
    return locals;
  }
}

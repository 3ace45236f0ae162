package jdk.jshell;

import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// Imports into a snippet's class only what its text names, so that a snippet costs the same
/// however much the session has declared.
final class ThinImports extends OuterWrapMap {

  private final JShell shell;
  private List<Snippet> pending = List.of();

  ThinImports(JShell shell) {
    super(shell);
    this.shell = shell;
  }

  /// Imports these snippets too, which the shell does not know yet.
  void setPending(List<Snippet> snippets) {
    pending = snippets;
  }

  @Override
  OuterWrap wrapInClass(
      Set<Key> except, Collection<Snippet> plus, List<Snippet> snippets, List<Wrap> wraps) {
    StringBuilder text = new StringBuilder();
    wraps.forEach(wrap -> text.append(wrap.wrapped()).append('\n'));
    Set<String> named = Mentions.in(text);
    return super.wrapInClass(
        without(named, except, snippets), with(named, plus, snippets), snippets, wraps);
  }

  /// {@return the snippet in a class without any import but those that it names}
  OuterWrap wrapAlone(Snippet snippet) {
    return wrapInClass(Set.of(snippet.key()), List.of(), List.of(snippet), List.of(snippet.guts()));
  }

  @Override
  OuterWrap wrapInTrialClass(Wrap wrap) {
    return pending.isEmpty()
        ? super.wrapInTrialClass(wrap)
        : wrapInTrialClass(wrap, Mentions.in(wrap.wrapped()));
  }

  /// {@return the code in a class that imports what has one of these names}
  OuterWrap wrapInTrialClass(Wrap wrap, Set<String> named) {
    String imports =
        shell.maps.packageAndImportsExcept(
            without(named, Set.of(), List.of()), with(named, List.of(), List.of()));
    return new OuterWrap(Inside.wrappedInClass(this, Inside.TRIAL_CLASS, imports, List.of(wrap)));
  }

  private Set<Key> without(Set<String> named, Collection<Key> except, List<Snippet> snippets) {
    Set<Key> keys = new HashSet<>(except);
    pending.forEach(snippet -> keys.add(snippet.key()));
    snippets.forEach(snippet -> keys.add(snippet.key()));
    return new Unwanted(keys, named);
  }

  /// Keys, and those of everything that a text does not name. Made for being asked: the shell does
  /// so for what is declared now, and the session has more that is gone.
  private final class Unwanted extends AbstractSet<Key> {
    private final Set<Key> keys;
    private final Set<String> named;

    Unwanted(Set<Key> keys, Set<String> named) {
      this.keys = keys;
      this.named = named;
    }

    @Override
    public boolean contains(Object key) {
      return keys.contains(key) || (key instanceof Key asked && isUnnamed(asked));
    }

    private boolean isUnnamed(Key key) {
      Snippet snippet = shell.maps.getSnippetDeadOrAlive(key.index());
      return snippet != null && !isNamed(named, snippet);
    }

    @Override
    public Iterator<Key> iterator() {
      throw new UnsupportedOperationException("only made for being asked");
    }

    @Override
    public int size() {
      throw new UnsupportedOperationException("only made for being asked");
    }
  }

  private List<Snippet> with(Set<String> named, Collection<Snippet> plus, List<Snippet> snippets) {
    List<Snippet> more = new ArrayList<>();
    plus.stream().filter(snippet -> isNamed(named, snippet)).forEach(more::add);
    for (Snippet snippet : pending) {
      if (isNamed(named, snippet) && !more.contains(snippet) && !snippets.contains(snippet)) {
        more.add(snippet);
      }
    }
    return more;
  }

  /// Whether a text that has these names may need what the snippet declares.
  private static boolean isNamed(Set<String> named, Snippet snippet) {
    return switch (snippet.subKind()) {
      case SINGLE_TYPE_IMPORT_SUBKIND, SINGLE_STATIC_IMPORT_SUBKIND -> {
        String name = ((ImportSnippet) snippet).fullname();
        yield Mentions.has(named, name.substring(name.lastIndexOf('.') + 1));
      }
      default -> !(snippet instanceof DeclarationSnippet) || Mentions.has(named, snippet.name());
    };
  }
}

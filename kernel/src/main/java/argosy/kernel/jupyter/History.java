package argosy.kernel.jupyter;

import com.google.gson.JsonArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What ran in this session. Safe from any thread.
final class History {

  /// Sessions count from 1, and this kernel remembers one.
  private static final int SESSION = 1;

  private record Entry(int line, String input, @Nullable String output) {}

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(int line, String input) {
    entries.add(new Entry(line, input, null));
  }

  /// Adds the result of a line.
  synchronized void result(int line, String output) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (entry.line() == line) {
        entries.set(i, new Entry(line, entry.input(), output));
        return;
      }
    }
  }

  /// {@return the tuples that a request asks for, the oldest first}
  synchronized JsonArray find(Request.History request) {
    List<Entry> found =
        switch (request.access()) {
          case Request.History.Access.Tail(int count) -> last(entries, count);
          case Request.History.Access.Range range -> range(range);
          case Request.History.Access.Search search -> search(search);
        };
    JsonArray tuples = new JsonArray(found.size());
    found.forEach(entry -> tuples.add(tuple(entry, request.output())));
    return tuples;
  }

  private static List<Entry> last(List<Entry> all, int count) {
    return all.subList(Math.max(0, all.size() - Math.max(0, count)), all.size());
  }

  private List<Entry> range(Request.History.Access.Range range) {
    if (range.session() != 0 && range.session() != SESSION) {
      return List.of();
    }
    int stop = range.stop().orElse(Integer.MAX_VALUE);
    return entries.stream()
        .filter(entry -> entry.line() >= range.start() && entry.line() < stop)
        .toList();
  }

  private List<Entry> search(Request.History.Access.Search search) {
    Pattern pattern = glob(search.pattern());
    List<Entry> found =
        entries.stream().filter(entry -> pattern.matcher(entry.input()).matches()).toList();
    if (search.unique()) {
      LinkedHashMap<String, Entry> latest = new LinkedHashMap<>();
      found.forEach(entry -> latest.putLast(entry.input(), entry));
      found = List.copyOf(latest.values());
    }
    return last(found, search.count());
  }

  private static Pattern glob(String glob) {
    String regex =
        glob.codePoints()
            .mapToObj(c ->
                switch (c) {
                  case '*' -> ".*";
                  case '?' -> ".";
                  default -> Pattern.quote(Character.toString(c));
                })
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  private static JsonArray tuple(Entry entry, boolean withOutput) {
    JsonArray tuple = new JsonArray(3);
    tuple.add(SESSION);
    tuple.add(entry.line());
    if (withOutput) {
      JsonArray pair = new JsonArray(2);
      pair.add(entry.input());
      pair.add(entry.output());
      tuple.add(pair);
    } else {
      tuple.add(entry.input());
    }
    return tuple;
  }
}

package argosy.kernel.cell;

import argosy.kernel.extension.Magic;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The magics that cells can call, by name. Safe from any thread.
public final class MagicRegistry {

  private final ConcurrentSkipListMap<String, Magic> magics = new ConcurrentSkipListMap<>();

  /// Adds a magic, in the place of an earlier one of the same name.
  public void register(Magic magic) {
    magics.put(magic.name(), magic);
  }

  /// {@return the magic of this name, written without `%`; else one of it in other letters, for
  /// some notebooks write `%%HTML` and `%%SVG`}
  public Optional<Magic> find(String name) {
    return Optional.ofNullable(magics.get(name))
        .or(() ->
            magics.values().stream()
                .filter(magic -> magic.name().equalsIgnoreCase(name))
                .findFirst());
  }

  /// {@return all magics, ordered by name}
  public Collection<Magic> all() {
    return List.copyOf(magics.values());
  }

  /// {@return the names that someone who wrote `name` may have meant, the closest first}
  ///
  /// @param isCell whether he wrote it with `%%`
  public List<String> similarTo(String name, boolean isCell) {
    return magics.values().stream()
        .filter(magic -> magic.kind() != (isCell ? Magic.Kind.LINE : Magic.Kind.CELL))
        .map(Magic::name)
        .filter(known -> distance(known, name) <= Math.max(1, (name.length() + 1) / 3))
        .sorted((a, b) -> Integer.compare(distance(a, name), distance(b, name)))
        .limit(3)
        .toList();
  }

  /// The number of letters to change, insert or delete.
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        boolean same =
            Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
        int change = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}

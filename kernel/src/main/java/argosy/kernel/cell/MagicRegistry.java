package argosy.kernel.cell;

import argosy.kernel.extension.Magic;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

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
    Stream<String> names =
        magics.values().stream()
            .filter(magic -> magic.kind() != (isCell ? Magic.Kind.LINE : Magic.Kind.CELL))
            .map(Magic::name);
    return Spelling.similar(name, names, Math.max(1, (name.length() + 1) / 3));
  }
}

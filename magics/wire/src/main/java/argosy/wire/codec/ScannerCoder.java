package argosy.wire.codec;

import java.io.StringReader;
import java.util.Scanner;

/// A scanner over a text; one over anything else would read what others wait for.
final class ScannerCoder extends Coder<Scanner> {

  private static final long SOURCE =
      Slot.of(Scanner.class).stream()
          .filter(slot -> slot.name().equals("source"))
          .findFirst()
          .orElseThrow()
          .offset();

  private final FieldCoder fields = new FieldCoder(Scanner.class, null);

  @Override
  void write(GraphWriter writer, Scanner scanner) {
    if (!(Memory.getObject(scanner, SOURCE) instanceof StringReader)) {
      throw new UnshippableException(
          Scanner.class.getName(),
          "read the input here and capture it, or make the scanner inside the task");
    }
    fields.write(writer, scanner);
  }

  @Override
  Scanner read(GraphReader reader, Class<? extends Scanner> type, int id) {
    return (Scanner) fields.read(reader, type, id);
  }
}

package argosy.engine.disk;

import argosy.NotShippableException;
import argosy.wire.ContentId;
import argosy.wire.Protocol;
import argosy.wire.codec.GraphReader;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.Inlet;
import argosy.wire.codec.UnshippableException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One value as a file.
///
/// ```text
/// ARGOSY | format:4 | java:4 | classes of cells:4 (name, name in the notebook, fields)* | graph
///   | id of all that:16
/// ```
final class ValueFile {

  private static final byte[] MAGIC = "ARGOSY".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_BYTES = 2 * Long.BYTES;

  /// The codec's form belongs to the protocol.
  private static final int FORMAT = Protocol.VERSION;

  private static final int JAVA = Runtime.version().feature();

  private final List<NamedClasses.Named> classes;
  private final byte[] graph;

  /// @param classes those of cells that the graph names by number
  /// @param graph what the codec made of the value
  private ValueFile(List<NamedClasses.Named> classes, byte[] graph) {
    this.classes = classes;
    this.graph = graph;
  }

  /// {@return the file of a value}
  ///
  /// @param root what the path to something that cannot be written starts with
  /// @throws NotShippableException if something in it cannot be written
  static ValueFile of(String root, @Nullable Object value, NamedClasses.Finder finder) {
    NamedClasses table = new NamedClasses(finder);
    GraphWriter writer = new GraphWriter(table);
    try {
      writer.write(value);
    } catch (UnshippableException e) {
      throw new NotShippableException(root + " -> " + e.path() + ": " + e.remedy());
    }
    return new ValueFile(table.named(), writer.bytes());
  }

  private static byte[] head(List<NamedClasses.Named> classes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeInt(FORMAT);
      out.writeInt(JAVA);
      out.writeInt(classes.size());
      for (NamedClasses.Named each : classes) {
        write(out, each.name());
        write(out, each.shown());
        write(out, each.shape());
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory takes everything", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[Math.min(bytes.getInt(), bytes.remaining())];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /// {@return what equal values have in common and others do not, in any session}
  ContentId key() {
    List<NamedClasses.Named> anywhere =
        classes.stream()
            .map(each -> new NamedClasses.Named("", each.shown(), each.shape()))
            .toList();
    return ContentId.of(head(anywhere), graph);
  }

  /// Writes it, as a whole or not at all.
  void write(Path file) throws IOException {
    byte[] head = head(classes);
    Path whole = file.toAbsolutePath();
    Path folder = Objects.requireNonNullElse(whole.getParent(), whole);
    PrivateFolders.create(folder);
    Path fresh = Files.createTempFile(folder, ".argosy", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(fresh)) {
        out.write(head);
        out.write(graph);
        ContentId id = ContentId.of(head, graph);
        out.write(ByteBuffer.allocate(ID_BYTES).putLong(id.high()).putLong(id.low()).array());
      }
      Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// {@return the value of a file}
  ///
  /// @throws IllegalStateException if it is none of these files, is damaged, is of another version,
  ///   or has a class that is not here or has changed
  static @Nullable Object read(Path file, NamedClasses.Finder finder) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int length = all.length - ID_BYTES;
    if (length < MAGIC.length || !Arrays.equals(all, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IllegalStateException(file + " was not written by Parallel.dump");
    }
    ByteBuffer bytes = ByteBuffer.wrap(all, 0, length);
    List<NamedClasses.Named> classes = new ArrayList<>();
    try {
      readHead(bytes, classes);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalStateException(file + " is damaged", e);
    }
    ByteBuffer id = ByteBuffer.wrap(all, length, ID_BYTES);
    if (!ContentId.of(all, length).equals(new ContentId(id.getLong(), id.getLong()))) {
      throw new IllegalStateException(file + " is damaged");
    }
    NamedClasses table = new NamedClasses(finder, classes);
    return new GraphReader(table, Inlet.NONE, all, bytes.position(), bytes.remaining()).read();
  }

  private static void readHead(ByteBuffer bytes, List<NamedClasses.Named> classes) {
    bytes.position(bytes.position() + MAGIC.length);
    int format = bytes.getInt();
    int java = bytes.getInt();
    if (format != FORMAT || java != JAVA) {
      throw new IllegalStateException(
          "the file is of another version: format %d, Java %d; here they are %d and %d"
              .formatted(format, java, FORMAT, JAVA));
    }
    for (int left = bytes.getInt(); left > 0; left--) {
      classes.add(new NamedClasses.Named(text(bytes), text(bytes), text(bytes)));
    }
  }
}

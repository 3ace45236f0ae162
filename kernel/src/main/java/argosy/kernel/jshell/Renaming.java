package argosy.kernel.jshell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Gives classes other names, in class files that name them.
///
/// Whatever a class file says of classes, it says in texts of its constant pool: names as they are,
/// and types in descriptors and signatures. A text that only code reads as a string stays.
final class Renaming {

  private static final Pattern IN_TYPE = Pattern.compile("L([^:;<>.()\\[]+)");

  private Renaming() {}

  /// {@return the class file with the new names}
  ///
  /// @param names gives a name with slashes its new one, or returns it
  static byte[] of(byte[] classFile, UnaryOperator<String> names) {
    ByteArrayOutputStream result = new ByteArrayOutputStream(classFile.length + 200);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        DataOutputStream out = new DataOutputStream(result)) {
      out.writeLong(in.readLong()); // the mark of class files, and the version
      Pool pool = new Pool(in);
      if (!pool.rename(names)) {
        return classFile;
      }
      pool.write(out);
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("a class file that ends too early", e);
    }
    return result.toByteArray();
  }

  /// {@return whether a class file names one of some classes, with slashes}
  static boolean isNamed(byte[] classFile, Predicate<String> names) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
      in.skipNBytes(Long.BYTES);
      return new Pool(in).rename(name -> names.test(name) ? "" : name);
    } catch (IOException e) {
      throw new UncheckedIOException("a class file that ends too early", e);
    }
  }

  private static String renamed(String text, UnaryOperator<String> names) {
    String name = names.apply(text);
    return name.equals(text)
        ? IN_TYPE
            .matcher(text)
            .replaceAll(type -> Matcher.quoteReplacement("L" + names.apply(type.group(1))))
        : name;
  }

  /// The constants of a class file, of which only texts are read.
  private static final class Pool {

    private static final int TEXT = 1;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_TYPE = 16;

    private final byte[] tags;
    private final String[] texts;
    private final byte[][] others;

    /// The texts that code reads as strings, and the names and types.
    private final BitSet strings = new BitSet();

    private final BitSet ofClasses = new BitSet();

    Pool(DataInputStream in) throws IOException {
      int count = in.readUnsignedShort();
      tags = new byte[count];
      texts = new String[count];
      others = new byte[count][];
      for (int i = 1; i < count; i++) {
        tags[i] = in.readByte();
        if (tags[i] == TEXT) {
          texts[i] = in.readUTF();
          continue;
        }
        others[i] = in.readNBytes(length(tags[i]));
        switch (tags[i]) {
          case STRING -> strings.set(index(others[i], 0));
          case CLASS, METHOD_TYPE -> ofClasses.set(index(others[i], 0));
          case NAME_AND_TYPE -> ofClasses.set(index(others[i], 2));
          default -> {}
        }
        if (others[i].length == Long.BYTES) {
          i++; // which takes two places
        }
      }
    }

    private static int index(byte[] constant, int at) {
      return Byte.toUnsignedInt(constant[at]) << 8 | Byte.toUnsignedInt(constant[at + 1]);
    }

    /// {@return how many bytes a constant has behind its tag}
    private static int length(byte tag) {
      return switch (tag) {
        case 5, 6 -> Long.BYTES;
        case CLASS, STRING, METHOD_TYPE, 19, 20 -> 2;
        case 15 -> 3;
        default -> 4;
      };
    }

    boolean rename(UnaryOperator<String> names) {
      boolean isRenamed = false;
      strings.andNot(ofClasses);
      for (int i = 1; i < texts.length; i++) {
        if (tags[i] == TEXT && !strings.get(i)) {
          String before = texts[i];
          texts[i] = renamed(before, names);
          isRenamed |= !texts[i].equals(before);
        }
      }
      return isRenamed;
    }

    void write(DataOutputStream out) throws IOException {
      out.writeShort(tags.length);
      for (int i = 1; i < tags.length; i++) {
        if (tags[i] == 0) {
          continue;
        }
        out.writeByte(tags[i]);
        if (tags[i] == TEXT) {
          out.writeUTF(texts[i]);
        } else {
          out.write(others[i]);
        }
      }
    }
  }
}

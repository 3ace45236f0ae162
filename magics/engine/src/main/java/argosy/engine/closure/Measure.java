package argosy.engine.closure;

import argosy.wire.codec.Outlet;
import java.lang.reflect.Array;

/// Counts the bytes of the large values of a graph, and copies none of them.
final class Measure implements Outlet {

  private long bytes;
  private int count;

  @Override
  public int take(Object value) {
    bytes += sizeOf(value);
    return count++;
  }

  private static long sizeOf(Object value) {
    return switch (value) {
      case String text -> text.length();
      case long[] _, double[] _ -> (long) Long.BYTES * Array.getLength(value);
      case int[] _, float[] _ -> (long) Integer.BYTES * Array.getLength(value);
      case short[] _, char[] _ -> (long) Short.BYTES * Array.getLength(value);
      default -> Array.getLength(value);
    };
  }

  @Override
  public int count() {
    return count;
  }

  /// The bytes stay counted: what is measured is written to its end or not at all.
  @Override
  public void truncate(int count) {
    this.count = count;
  }

  long bytes() {
    return bytes;
  }
}

package argosy.wire;

/// Refuses an array in shipped code that can never be made. A worker ends when its virtual machine
/// finds no memory, because nobody knows what it broke; an array that no heap of this size has room
/// for breaks nothing, so its task gets an error that it can catch.
public final class ArrayLimit {

  private static final long HEAP_BYTES = Runtime.getRuntime().maxMemory();

  /// The virtual machine takes one element less.
  private static final int TOO_MANY = Integer.MAX_VALUE - 1;

  private ArrayLimit() {}

  /// {@return the length of an array that is about to be made}
  ///
  /// @param elementBytes what an element takes at least
  /// @throws OutOfMemoryError if there is no room, whatever else is kept
  public static int checked(int length, int elementBytes) {
    if (length >= TOO_MANY || (long) length * elementBytes > HEAP_BYTES) {
      throw tooLarge(length, elementBytes);
    }
    return length;
  }

  /// Does the same for an array of arrays.
  ///
  /// @param rows how many arrays
  /// @param length of each
  public static void checkTotal(int rows, int length, int elementBytes) {
    if (rows > 0 && length > 0 && (double) rows * length * elementBytes > HEAP_BYTES) {
      throw tooLarge((long) rows * length, elementBytes);
    }
  }

  private static OutOfMemoryError tooLarge(long count, int elementBytes) {
    return new OutOfMemoryError(
        count * elementBytes > HEAP_BYTES
            ? ("an array of %,d elements takes %,d MB, and the heap of this worker never has more than"
                    + " %,d MB; give the workers a larger one with %%workers --heap, or make"
                    + " several smaller arrays")
                .formatted(count, (count * elementBytes) >> 20, HEAP_BYTES >> 20)
            : "no array has %,d elements, however large the heap; make several".formatted(count));
  }
}

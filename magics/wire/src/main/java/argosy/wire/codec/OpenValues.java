package argosy.wire.codec;

import java.util.Arrays;

/// The records and lambdas whose content is being written, so that one that turns out to hold
/// itself can be marked: it has to exist before what it holds can be read.
/*
 * What is written inside has a later number, so the numbers are in order, and one is found as fast
 * in a chain of many values as in a short one.
 */
final class OpenValues {

  private static final int FIRST_SIZE = 4;

  private int[] ids = new int[FIRST_SIZE];
  private int[] flagPositions = new int[FIRST_SIZE];
  private int count;

  void opened(int id, int flagPosition) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
      flagPositions = Arrays.copyOf(flagPositions, 2 * count);
    }
    ids[count] = id;
    flagPositions[count] = flagPosition;
    count++;
  }

  void met(int id, GraphOutput out) {
    int at = Arrays.binarySearch(ids, 0, count, id);
    if (at >= 0) {
      out.patch(flagPositions[at], 1);
    }
  }

  void closed(int id) {
    if (count > 0 && ids[count - 1] == id) {
      count--;
    }
  }

  void clear() {
    count = 0;
  }
}

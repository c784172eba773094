package io.kuber.resource.builtin;

/** Indexes of pods as jobs write them, such as {@code 0,3-5}. */
final class Indexes {
  private Indexes() {}

  /**
   * How many there are; {@link IllegalArgumentException} says what is wrong.
   *
   * @param bound that all of them are below
   */
  static long count(String text, long bound) {
    long total = 0;
    long last = -1;
    for (String interval : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] ends = interval.split("-", -1);
      if (ends.length > 2) {
        throw new IllegalArgumentException(
            "the fragment \""
                + interval
                + "\" violates the requirement that an index interval can have at most two parts"
                + " separated by '-'");
      }
      long first = index(ends[0], bound);
      long end = ends.length == 1 ? first : index(ends[1], bound);
      if (ends.length == 2 && first >= end) {
        throw new IllegalArgumentException(
            "non-increasing order, previous: " + first + ", current: " + end);
      }
      if (last >= first) {
        throw new IllegalArgumentException(
            "non-increasing order, previous: " + last + ", current: " + first);
      }
      total += end - first + 1;
      last = end;
    }
    return total;
  }

  private static long index(String text, long bound) {
    if (!text.matches("[0-9]{1,10}")) {
      throw new IllegalArgumentException(
          "cannot convert string to integer for index: \"" + text + "\"");
    }
    long index = Long.parseLong(text);
    if (index >= bound) {
      throw new IllegalArgumentException("too large index: \"" + text + "\"");
    }
    return index;
  }
}

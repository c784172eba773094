package io.kuber.resource;

import java.util.List;

/**
 * One of the five fields of a schedule: which values match, as bits.
 *
 * @param bits value n matches when bit n is set
 * @param isAny whether the field was left open ({@code *} or {@code ?})
 */
record CronField(long bits, boolean isAny) {
  static final Kind MINUTE = new Kind(0, 59, List.of());
  static final Kind HOUR = new Kind(0, 23, List.of());
  static final Kind DAY = new Kind(1, 31, List.of());
  static final Kind MONTH =
      new Kind(
          1,
          12,
          List.of(
              "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
  static final Kind WEEKDAY =
      new Kind(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

  /** Whether the value matches. */
  boolean has(int value) {
    return (bits & 1L << value) != 0;
  }

  /**
   * What a field may hold.
   *
   * @param least value
   * @param most value
   * @param names of the values from the least on; empty where they have none
   */
  record Kind(int least, int most, List<String> names) {
    /** Parses alternatives such as {@code 1-5,7}; fails in the words of cron. */
    CronField parse(String text) {
      long bits = 0;
      boolean any = false;
      for (String part : text.split(",", -1)) {
        CronField field = part.isEmpty() ? new CronField(0, false) : range(part);
        bits |= field.bits;
        any |= field.isAny;
      }
      return new CronField(bits, any);
    }

    private CronField range(String text) {
      String[] rangeAndStep = text.split("/", -1);
      String[] ends = rangeAndStep[0].split("-", -1);
      boolean any = ends[0].equals("*") || ends[0].equals("?");
      if (!any && ends.length > 2) {
        throw new IllegalArgumentException("too many hyphens: " + text);
      }
      if (rangeAndStep.length > 2) {
        throw new IllegalArgumentException("too many slashes: " + text);
      }
      int start = any ? least : number(ends[0]);
      int end = any ? most : number(ends[ends.length - 1]);
      int step = 1;
      if (rangeAndStep.length == 2) {
        step = digits(rangeAndStep[1]);
        end = !any && ends.length == 1 ? most : end;
      }
      check(start, end, step, text);
      return new CronField(bits(start, end, step), any && step <= 1);
    }

    private void check(int start, int end, int step, String text) {
      if (start < least) {
        throw new IllegalArgumentException(
            "beginning of range (" + start + ") below minimum (" + least + "): " + text);
      }
      if (end > most) {
        throw new IllegalArgumentException(
            "end of range (" + end + ") above maximum (" + most + "): " + text);
      }
      if (start > end) {
        throw new IllegalArgumentException(
            "beginning of range (" + start + ") beyond end of range (" + end + "): " + text);
      }
      if (step == 0) {
        throw new IllegalArgumentException("step of range should be a positive number: " + text);
      }
    }

    private static long bits(int start, int end, int step) {
      long bits = 0;
      for (int value = start; value <= end; value += step) {
        bits |= 1L << value;
      }
      return bits;
    }

    private int number(String text) {
      int name = names.indexOf(text);
      return name >= 0 ? name + least : digits(text);
    }

    private static int digits(String text) {
      int number;
      try {
        number = Integer.parseInt(text);
      } catch (NumberFormatException noNumber) {
        throw new IllegalArgumentException(
            "failed to parse int from "
                + text
                + ": strconv.Atoi: parsing \""
                + text
                + "\": invalid syntax",
            noNumber);
      }
      if (number < 0) {
        throw new IllegalArgumentException("negative number (" + number + ") not allowed: " + text);
      }
      return Math.min(number, Short.MAX_VALUE);
    }
  }
}

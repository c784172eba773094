package io.kuber.json;

import java.util.Comparator;

/**
 * The order in which YAML prints fields (goyaml.v2/sorter.go): numbers inside names by their value,
 * other signs before letters.
 */
final class NaturalOrder implements Comparator<String> {
  static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      if (left.charAt(i) != right.charAt(i)) {
        return compareAt(left, right, i);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static int compareAt(String left, String right, int index) {
    char l = left.charAt(index);
    char r = right.charAt(index);
    boolean leftIsLetter = Character.isLetter(l);
    boolean rightIsLetter = Character.isLetter(r);
    if (leftIsLetter || rightIsLetter) {
      return leftIsLetter && rightIsLetter ? Character.compare(l, r) : leftIsLetter ? 1 : -1;
    }
    // A zero inside a number counts; one in front of it does not.
    long start = (l == '0' || r == '0') && continuesNumber(left, index) ? 1 : 0;
    int leftEnd = endOfDigits(left, index);
    int rightEnd = endOfDigits(right, index);
    int byValue =
        Long.compare(number(left, index, leftEnd, start), number(right, index, rightEnd, start));
    if (byValue != 0) {
      return byValue;
    }
    return leftEnd == rightEnd ? Character.compare(l, r) : Integer.compare(leftEnd, rightEnd);
  }

  private static boolean continuesNumber(String text, int index) {
    for (int i = index - 1; i >= 0 && Character.isDigit(text.charAt(i)); i--) {
      if (text.charAt(i) != '0') {
        return true;
      }
    }
    return false;
  }

  private static int endOfDigits(String text, int index) {
    int end = index;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static long number(String text, int from, int to, long start) {
    long number = start;
    for (int i = from; i < to; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }
}

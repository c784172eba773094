package io.kuber.cel.library;

import com.google.common.base.Splitter;
import io.kuber.cel.value.Opaque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by the rules of semver.org 2.0.0; two are equal when neither comes first.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number
 * @param labels of a version before the release; none for a release
 */
record Semver(long major, long minor, long patch, List<String> labels)
    implements Opaque, Comparable<Semver> {
  private static final String NUMBER = "(0|[1-9][0-9]{0,17})";

  private static final String LABEL = "(?:0|[1-9][0-9]{0,17}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";

  private static final Pattern SYNTAX =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-("
              + LABEL
              + "(?:\\."
              + LABEL
              + ")*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

  private static final Pattern LOOSE =
      Pattern.compile("v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(.*)");

  /** Longer texts are no versions. */
  private static final int MAX_LENGTH = 256;

  private static final Splitter DOTS = Splitter.on('.');

  static Optional<Semver> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      return Optional.empty();
    }
    String labels = matcher.group(4);
    return Optional.of(
        new Semver(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)),
            labels == null ? List.of() : DOTS.splitToList(labels)));
  }

  /** The text without a leading v, with missing numbers as zero, and without leading zeros. */
  static String normalised(String text) {
    Matcher matcher = LOOSE.matcher(text);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      return text;
    }
    return number(matcher.group(1))
        + "."
        + number(matcher.group(2))
        + "."
        + number(matcher.group(3))
        + matcher.group(4);
  }

  private static String number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? "0" : digits.replaceFirst("^0+(?=[0-9])", "");
  }

  @Override
  public String typeName() {
    return "kubernetes.Semver";
  }

  @Override
  public int compareTo(Semver other) {
    int order = Long.compare(major, other.major);
    order = order != 0 ? order : Long.compare(minor, other.minor);
    order = order != 0 ? order : Long.compare(patch, other.patch);
    if (order != 0 || labels.isEmpty() || other.labels.isEmpty()) {
      return order != 0 ? order : Boolean.compare(labels.isEmpty(), other.labels.isEmpty());
    }
    for (int i = 0; i < Math.min(labels.size(), other.labels.size()); i++) {
      order = compareLabels(labels.get(i), other.labels.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(labels.size(), other.labels.size());
  }

  private static int compareLabels(String one, String other) {
    boolean isNumber = one.matches("[0-9]+");
    boolean isOtherNumber = other.matches("[0-9]+");
    if (isNumber && isOtherNumber) {
      return Long.compare(Long.parseLong(one), Long.parseLong(other));
    }
    return isNumber != isOtherNumber ? (isNumber ? -1 : 1) : Integer.signum(one.compareTo(other));
  }
}

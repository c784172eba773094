package io.kuber.object;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of something, such as {@code 100m} or {@code 1.5Gi}: a number and the way in which it
 * was written (apimachinery, pkg/api/resource). Two quantities are equal when their numbers are.
 */
public final class Quantity implements Comparable<Quantity> {
  /** Nothing. */
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL);

  /** What is said about a text that is no quantity. */
  public static final String SYNTAX =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

  /** Longer texts are mistakes, and exponents are to stay small. */
  private static final int MAX_LENGTH = 64;

  /** Digits behind the point: a thousandth of a millionth is the finest there is. */
  private static final int FINEST = 9;

  private static final Pattern TEXT =
      Pattern.compile(
          "([+-]?)([0-9]+\\.?[0-9]*|\\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,2})?");

  private static final Map<String, Integer> POWERS_OF_TEN =
      Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);

  private static final List<String> POWERS_OF_1024 =
      List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

  private static final int KILO = 1000;
  private static final int KI = 1024;
  private static final BigDecimal KIBI = BigDecimal.valueOf(KI);

  /** Texts with more digits are parsed to find out whether they are canonical. */
  private static final int FEW_DIGITS = 15;

  /** The largest power that a suffix can say, and the largest that an exponent can. */
  private static final int MAX_SUFFIX = 18;

  private static final int MAX_EXPONENT = 99;

  private final BigDecimal number;
  private final Format format;

  private Quantity(BigDecimal number, Format format) {
    this.number = number;
    this.format = format;
  }

  private enum Format {
    DECIMAL,
    BINARY,
    EXPONENT
  }

  /** Parses a text; throws {@link IllegalArgumentException} with {@link #SYNTAX}. */
  public static Quantity parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      throw new IllegalArgumentException(SYNTAX);
    }
    BigDecimal mantissa = new BigDecimal(matcher.group(1) + matcher.group(2));
    String suffix = Objects.requireNonNullElse(matcher.group(3), "");
    if (suffix.endsWith("i")) {
      return of(mantissa.multiply(KIBI.pow(POWERS_OF_1024.indexOf(suffix))), Format.BINARY);
    }
    if (suffix.length() > 1) {
      int exponent = Integer.parseInt(suffix.substring(1).replace("+", ""));
      return of(mantissa.scaleByPowerOfTen(exponent), Format.EXPONENT);
    }
    int power = Objects.requireNonNull(POWERS_OF_TEN.get(suffix));
    return of(mantissa.scaleByPowerOfTen(power), Format.DECIMAL);
  }

  /**
   * The canonical text of a quantity, in which it stands in objects that are read back; empty where
   * the text is no quantity. Costs no parsing where the text is canonical, and most are.
   */
  public static Optional<String> canonical(String text) {
    try {
      return Optional.of(isCanonical(text) ? text : parse(text).toString());
    } catch (IllegalArgumentException noQuantity) {
      return Optional.empty();
    }
  }

  /** Whether a glance says so: false for a few that are canonical all the same. */
  private static boolean isCanonical(String text) {
    int digits = 0;
    long value = 0;
    while (digits < text.length() && digits <= FEW_DIGITS && isDigit(text.charAt(digits))) {
      value = value * 10 + text.charAt(digits) - '0';
      digits++;
    }
    if (digits == 0 || digits > FEW_DIGITS || text.charAt(0) == '0') {
      return text.equals("0");
    }
    return switch (text.substring(digits)) {
      case "", "n", "u", "m", "k", "M", "G", "T", "P" -> value % KILO != 0;
      case "Ki", "Mi", "Gi", "Ti", "Pi" -> value % KI != 0;
      default -> false;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The quantity of a value in a tree: a text or a number; throws as {@link #parse} does. */
  public static Quantity of(@Nullable Object value) {
    return value == null ? ZERO : parse(value.toString());
  }

  /** A whole number, written decimally. */
  public static Quantity of(long number) {
    return new Quantity(BigDecimal.valueOf(number), Format.DECIMAL);
  }

  /** Thousandths, as CPUs are counted. */
  public static Quantity ofMilli(long thousandths) {
    return new Quantity(BigDecimal.valueOf(thousandths, 3), Format.DECIMAL);
  }

  private static Quantity of(BigDecimal number, Format format) {
    return new Quantity(
        number.scale() > FINEST ? number.setScale(FINEST, RoundingMode.UP) : number, format);
  }

  /** The number, rounded up to a whole one; at most {@code Long.MAX_VALUE}. */
  public long value() {
    return whole(number);
  }

  /** The number in thousandths, rounded up. */
  public long milliValue() {
    return whole(number.scaleByPowerOfTen(3));
  }

  private static long whole(BigDecimal number) {
    BigDecimal rounded = number.setScale(0, RoundingMode.UP);
    return rounded.unscaledValue().bitLength() < Long.SIZE
        ? rounded.longValueExact()
        : rounded.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  /** The number itself. */
  public BigDecimal number() {
    return number;
  }

  /** -1, 0 or 1 for below, exactly and above zero. */
  public int signum() {
    return number.signum();
  }

  /** Both together, written as this one is. */
  public Quantity plus(Quantity other) {
    return new Quantity(number.add(other.number), signum() == 0 ? other.format : format);
  }

  /** What is left of this, written as this one is. */
  public Quantity minus(Quantity other) {
    return new Quantity(number.subtract(other.number), format);
  }

  @Override
  public int compareTo(Quantity other) {
    return number.compareTo(other.number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quantity that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return number.stripTrailingZeros().hashCode();
  }

  /** The canonical text: no fraction, and the largest suffix with which there is none. */
  @Override
  public String toString() {
    if (number.signum() == 0) {
      return "0";
    }
    if (format == Format.BINARY && number.abs().compareTo(KIBI) >= 0 && isWhole(number)) {
      return binary();
    }
    return decimal(format == Format.EXPONENT);
  }

  private String binary() {
    BigDecimal mantissa = number;
    int power = 0;
    while (power < POWERS_OF_1024.size() - 1 && isWhole(mantissa.divide(KIBI))) {
      mantissa = mantissa.divide(KIBI);
      power++;
    }
    return mantissa.setScale(0, RoundingMode.UNNECESSARY) + POWERS_OF_1024.get(power);
  }

  private String decimal(boolean exponent) {
    int power = exponent ? MAX_EXPONENT : MAX_SUFFIX;
    while (power > -FINEST && !isWhole(number.scaleByPowerOfTen(-power))) {
      power -= 3;
    }
    BigDecimal mantissa = number.scaleByPowerOfTen(-power).setScale(0, RoundingMode.UP);
    if (exponent) {
      return mantissa + (power == 0 ? "" : "e" + power);
    }
    int wanted = power;
    return mantissa
        + POWERS_OF_TEN.entrySet().stream()
            .filter(entry -> entry.getValue() == wanted)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }
}

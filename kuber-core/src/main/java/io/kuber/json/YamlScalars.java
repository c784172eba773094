package io.kuber.json;

import io.kuber.object.Nil;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plain scalar means (sigs.k8s.io/yaml, goyaml.v2/resolve.go). */
final class YamlScalars {
  /** Longer digits are a text: reading them as a number takes time that grows by the square. */
  private static final int MAX_NUMBER = 1000;

  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  /** Without time zone, date only, or as in RFC 3339 with short fields: stays a text. */
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
              + "([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})"
              + "| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?)?");

  /** Numbers in base 60 are read as text here, but other readers of YAML 1.1 do otherwise. */
  private static final Pattern BASE_60 =
      Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");

  /** Go prints larger whole floats with an exponent, which are numbers with a fraction to us. */
  private static final double MAX_WHOLE = 1e21;

  private static final Map<String, Object> WORDS = words();

  private YamlScalars() {}

  private static Map<String, Object> words() {
    Map<String, Object> words = new HashMap<>();
    for (String word : "y Y yes Yes YES true True TRUE on On ON".split(" ")) {
      words.put(word, true);
    }
    for (String word : "n N no No NO false False FALSE off Off OFF".split(" ")) {
      words.put(word, false);
    }
    for (String word : "~ null Null NULL".split(" ")) {
      words.put(word, Nil.NIL);
    }
    words.put("", Nil.NIL);
    for (String word :
        ".nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF".split(" ")) {
      words.put(word, Double.NaN);
    }
    return words;
  }

  /** The value of a plain scalar without a tag. */
  static Object resolve(String text) {
    Object word = WORDS.get(text);
    if (word instanceof Double) {
      throw new MalformedException(
          "error converting YAML to JSON: json: unsupported value: " + text);
    }
    if (word != null) {
      return word;
    }
    Object number = startsLikeNumber(text) ? number(text) : null;
    return number == null ? text : number;
  }

  /** Whether a text must be quoted to stay a text. */
  static boolean needsQuotes(String text) {
    return WORDS.containsKey(text)
        || text.equals("<<")
        || startsLikeNumber(text)
            && (number(text) != null
                || TIMESTAMP.matcher(text).matches()
                || BASE_60.matcher(text).matches());
  }

  private static boolean startsLikeNumber(String text) {
    return !text.isEmpty() && "+-.0123456789".indexOf(text.charAt(0)) >= 0;
  }

  private static @Nullable Object number(String text) {
    if (text.length() > MAX_NUMBER || TIMESTAMP.matcher(text).matches()) {
      return null;
    }
    String plain = text.charAt(0) == '.' ? text : text.replace("_", "");
    BigInteger integer = integer(plain);
    if (integer != null) {
      return integer.bitLength() < Long.SIZE
          ? (Object) integer.longValue()
          : new BigDecimal(integer);
    }
    return FLOAT.matcher(plain).matches() ? fraction(plain) : null;
  }

  /** An integer as Go writes them: 10, 0x1F, 0b11, 0o17, and 017, which is octal. */
  private static @Nullable BigInteger integer(String plain) {
    boolean signed = plain.startsWith("-") || plain.startsWith("+");
    String digits = signed ? plain.substring(1) : plain;
    int base = base(digits);
    String rest = base == 10 ? digits : digits.substring(base == 8 && !isOctalMark(digits) ? 1 : 2);
    if (rest.isEmpty() || rest.startsWith("-") || rest.startsWith("+")) {
      return null;
    }
    try {
      BigInteger magnitude = new BigInteger(rest, base);
      return plain.startsWith("-") ? magnitude.negate() : magnitude;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static int base(String digits) {
    if (digits.length() < 2 || digits.charAt(0) != '0') {
      return 10;
    }
    return switch (digits.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }

  private static boolean isOctalMark(String digits) {
    return digits.charAt(1) == 'o' || digits.charAt(1) == 'O';
  }

  /** Goes through a double and JSON as upstream does: 1.0 comes out as the integer 1. */
  private static @Nullable Object fraction(String plain) {
    double value = Double.parseDouble(plain);
    if (Double.isInfinite(value)) {
      return null; // Too large for Go's parser, and so a text.
    }
    BigDecimal exact = new BigDecimal(Double.toString(value));
    if (value != Math.rint(value) || Math.abs(value) >= MAX_WHOLE) {
      return exact;
    }
    BigInteger whole = exact.toBigIntegerExact();
    return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : new BigDecimal(whole);
  }
}

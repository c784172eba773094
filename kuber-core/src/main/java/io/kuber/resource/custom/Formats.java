package io.kuber.resource.custom;

import com.google.common.net.InetAddresses;
import com.google.re2j.Pattern;
import io.kuber.object.Quantity;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The formats that texts may be said to have (kube-openapi, pkg/validation/strfmt). Formats that
 * are not among them mean nothing, as upstream.
 */
final class Formats {
  private static final int BITS_OF_IPV4 = 32;
  private static final int BITS_OF_IPV6 = 128;
  private static final int LONGEST_HOSTNAME = 255;
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;

  private static final Map<String, Predicate<String>> ALL =
      Map.ofEntries(
          Map.entry("bsonobjectid", matching("[0-9a-fA-F]{24}")),
          Map.entry("uri", Formats::isUri),
          Map.entry("email", matching("[^\\s@<>()\\[\\],;:\"]+@[^\\s@<>()\\[\\],;:\"]+")),
          Map.entry("hostname", Formats::isHostname),
          Map.entry("ipv4", text -> isAddress(text, true)),
          Map.entry("ipv6", text -> isAddress(text, false)),
          Map.entry("cidr", Formats::isCidr),
          Map.entry(
              "mac",
              matching(
                  "(?i)([0-9a-f]{2}:){5}[0-9a-f]{2}|([0-9a-f]{2}-){5}[0-9a-f]{2}"
                      + "|([0-9a-f]{2}:){7}[0-9a-f]{2}|([0-9a-f]{2}-){7}[0-9a-f]{2}"
                      + "|([0-9a-f]{4}\\.){2}[0-9a-f]{4}|([0-9a-f]{4}\\.){3}[0-9a-f]{4}")),
          Map.entry("uuid", uuid("[0-9a-f]", "[0-9a-f]")),
          Map.entry("uuid3", uuid("3", "[0-9a-f]")),
          Map.entry("uuid4", uuid("4", "[89ab]")),
          Map.entry("uuid5", uuid("5", "[89ab]")),
          Map.entry("isbn", text -> isIsbn10(text) || isIsbn13(text)),
          Map.entry("isbn10", Formats::isIsbn10),
          Map.entry("isbn13", Formats::isIsbn13),
          Map.entry("creditcard", Formats::isCreditCard),
          Map.entry("ssn", matching("\\d{3}[- ]?\\d{2}[- ]?\\d{4}")),
          Map.entry("hexcolor", matching("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")),
          Map.entry(
              "rgbcolor",
              matching("rgb\\(\\s*" + "\\d{1,3}\\s*,\\s*".repeat(2) + "\\d{1,3}\\s*\\)")),
          Map.entry("byte", Formats::isBase64),
          Map.entry("password", text -> true),
          Map.entry("date", text -> parses(() -> LocalDate.parse(text))),
          Map.entry("datetime", Formats::isDateTime),
          Map.entry(
              "duration",
              matching(
                  "[+-]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)\\s*"
                      + "(ns|nanos?|us|µs|micros?|ms|millis?|s|secs?|seconds?|m|mins?|minutes?"
                      + "|h|hrs?|hours?|d|days?|w|weeks?)\\s*)+)")),
          Map.entry("quantity", text -> parses(() -> Quantity.parse(text))),
          Map.entry(
              "k8sshortname", text -> text.length() <= LONGEST_LABEL && isLabels(text, false)),
          Map.entry("k8slongname", text -> text.length() <= LONGEST_NAME && isLabels(text, true)));

  private Formats() {}

  /** The format as it counts for a type: the empty text where it means nothing. */
  static String known(String type, String format) {
    boolean counts =
        switch (type) {
          case "", "string" -> ALL.containsKey(normal(format));
          case "integer" -> format.equals("int32") || format.equals("int64");
          case "number" -> format.equals("float") || format.equals("double");
          default -> false;
        };
    return counts ? format : "";
  }

  /** Whether a text is of a format; any text is of a format that is none for texts. */
  static boolean isMetBy(String text, String format) {
    return ALL.getOrDefault(normal(format), any -> true).test(text);
  }

  private static String normal(String format) {
    return format.replace("-", "");
  }

  private static Predicate<String> matching(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return compiled::matches;
  }

  private static Predicate<String> uuid(String version, String variant) {
    String hex = "[0-9a-f]";
    return matching(
        "(?i)%1$s{8}-?%1$s{4}-?%2$s%1$s{3}-?%3$s%1$s{3}-?%1$s{12}"
            .formatted(hex, version, variant));
  }

  private static boolean isUri(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() || text.startsWith("/");
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  private static boolean isHostname(String text) {
    return text.length() <= LONGEST_HOSTNAME
        && Pattern.matches(
            "(?i)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\\.?",
            text);
  }

  private static boolean isLabels(String text, boolean many) {
    String label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    return Pattern.matches(many ? label + "(\\." + label + ")*" : label, text);
  }

  private static boolean isAddress(String text, boolean four) {
    if (!InetAddresses.isInetAddress(text) || text.contains("%")) {
      return false;
    }
    return four ? !text.contains(":") : text.contains(":");
  }

  private static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !Pattern.matches("\\d{1,3}", text.substring(slash + 1))) {
      return false;
    }
    String address = text.substring(0, slash);
    if (!InetAddresses.isInetAddress(address) || address.contains("%")) {
      return false;
    }
    InetAddress parsed = InetAddresses.forString(address);
    int most = parsed instanceof Inet4Address ? BITS_OF_IPV4 : BITS_OF_IPV6;
    return Integer.parseInt(text.substring(slash + 1)) <= most;
  }

  private static boolean isIsbn10(String text) {
    String digits = text.replace("-", "").replace(" ", "");
    if (!Pattern.matches("\\d{9}[\\dX]", digits)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum += (i + 1) * (digits.charAt(i) == 'X' ? 10 : digits.charAt(i) - '0');
    }
    return sum % 11 == 0;
  }

  private static boolean isIsbn13(String text) {
    String digits = text.replace("-", "").replace(" ", "");
    if (!Pattern.matches("\\d{13}", digits)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum += (i % 2 == 0 ? 1 : 3) * (digits.charAt(i) - '0');
    }
    return sum % 10 == 0;
  }

  /** The check of Luhn, on the digits alone. */
  private static boolean isCreditCard(String text) {
    String digits = text.replaceAll("\\D", "");
    if (!Pattern.matches("\\d{12,19}", digits)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : 2 * digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }

  private static boolean isBase64(String text) {
    return text.length() % 4 == 0 && parses(() -> Base64.getDecoder().decode(text));
  }

  private static boolean isDateTime(String text) {
    String usual = text.length() > 10 && text.charAt(10) == ' ' ? text.replace(' ', 'T') : text;
    return parses(() -> OffsetDateTime.parse(usual));
  }

  private static boolean parses(Runnable parsing) {
    try {
      parsing.run();
      return true;
    } catch (DateTimeException | IllegalArgumentException malformed) {
      return false;
    }
  }
}

package io.kuber.cli.docker;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Numbers of bytes as people read them (docker/go-units, size.go). */
final class Sizes {
  private static final List<String> DECIMAL = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
  private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

  private Sizes() {}

  /** In thousands with three digits, as lists have it: {@code 5.61MB}. */
  static String of(long bytes) {
    return text(bytes, 1000, 3, DECIMAL);
  }

  /** In thousands with four digits, as progress has it: {@code 2.048kB}. */
  static String exact(long bytes) {
    return text(bytes, 1000, 4, DECIMAL);
  }

  /** In units of 1024 with four digits, as memory has it: {@code 15.62GiB}. */
  static String ofMemory(long bytes) {
    return text(bytes, 1024, 4, BINARY);
  }

  private static String text(long bytes, int base, int digits, List<String> units) {
    double value = bytes;
    int unit = 0;
    while (value >= base && unit < units.size() - 1) {
      value /= base;
      unit++;
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    String plain = rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    return plain + units.get(unit);
  }
}

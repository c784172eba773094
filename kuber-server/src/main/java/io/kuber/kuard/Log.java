package io.kuber.kuard;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Lines for {@code kubectl logs}: the time in UTC, then the sentence. Formats by hand because
 * loading the JDK's formatter would cost a tenth of the start time.
 */
final class Log {
  private Log() {}

  static void line(String sentence) {
    StringBuilder out = new StringBuilder(32 + sentence.length());
    System.out.println(clean(sentence, time(Instant.now(), out).append(' ')));
  }

  static String time(Instant when) {
    return time(when, new StringBuilder(19)).toString();
  }

  private static StringBuilder time(Instant when, StringBuilder out) {
    LocalDateTime t = LocalDateTime.ofEpochSecond(when.getEpochSecond(), 0, ZoneOffset.UTC);
    two(t.getYear() / 100, out);
    two(t.getYear() % 100, out).append('/');
    two(t.getMonthValue(), out).append('/');
    two(t.getDayOfMonth(), out).append(' ');
    two(t.getHour(), out).append(':');
    two(t.getMinute(), out).append(':');
    return two(t.getSecond(), out);
  }

  private static StringBuilder two(int number, StringBuilder out) {
    return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** A caller chooses part of what is logged: control characters must not forge a second line. */
  private static StringBuilder clean(String sentence, StringBuilder out) {
    for (int i = 0; i < sentence.length(); i++) {
      char c = sentence.charAt(i);
      out.append(c < ' ' || c == 0x7f ? '?' : c);
    }
    return out;
  }
}

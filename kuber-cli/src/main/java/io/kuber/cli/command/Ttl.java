package io.kuber.cli.command;

import io.kuber.cli.output.CommandFailure;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something is good, as somebody types it. */
final class Ttl {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smhd])");

  private Ttl() {}

  /** Zero for 0, which is for ever. */
  static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new CommandFailure(
          "--ttl: " + text + " is no time such as 30m, 24h, 7d, or 0 for ever");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}

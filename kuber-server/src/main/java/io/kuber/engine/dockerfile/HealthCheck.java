package io.kuber.engine.dockerfile;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code HEALTHCHECK} says, as an image's configuration has it. Pure. */
final class HealthCheck {
  private static final Pattern DURATION = Pattern.compile("(?:[0-9.]+(?:ns|us|ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|ms|s|m|h)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);
  private static final long LEAST_NANOS = 1_000_000;

  private HealthCheck() {}

  static Tree parse(Instruction step) throws DockerfileException {
    step.needsArguments();
    Map<String, String> flags =
        step.flags(Set.of("interval", "timeout", "start-period", "start-interval", "retries"));
    String[] parts = step.rest().split("\\s+", 2);
    String type = parts[0].toUpperCase(Locale.ROOT);
    if (type.equals("NONE")) {
      if (parts.length > 1) {
        throw step.fault("HEALTHCHECK NONE takes no arguments");
      }
      return Tree.of("Test", Items.of("NONE"));
    }
    if (!type.equals("CMD")) {
      throw step.fault("Unknown type \"" + parts[0] + "\" in HEALTHCHECK (try CMD)");
    }
    if (parts.length < 2) {
      throw step.fault("Missing command after HEALTHCHECK CMD");
    }
    Tree.Builder check = Tree.builder().put("Test", test(parts[1]));
    for (Map.Entry<String, String> flag : flags.entrySet()) {
      switch (flag.getKey()) {
        case "interval" -> check.put("Interval", nanos(step, flag));
        case "timeout" -> check.put("Timeout", nanos(step, flag));
        case "start-period" -> check.put("StartPeriod", nanos(step, flag));
        case "start-interval" -> check.put("StartInterval", nanos(step, flag));
        default -> check.put("Retries", retries(step, flag.getValue()));
      }
    }
    return check.build();
  }

  private static Items test(String command) {
    Optional<List<String>> list = Words.json(command);
    List<String> test = new ArrayList<>();
    test.add(list.isPresent() ? "CMD" : "CMD-SHELL");
    test.addAll(list.orElse(List.of(command)));
    return Items.copyOf(test);
  }

  private static long nanos(Instruction step, Map.Entry<String, String> flag)
      throws DockerfileException {
    String text = flag.getValue();
    if (!DURATION.matcher(text).matches()) {
      throw step.fault("--" + flag.getKey() + ": invalid duration \"" + text + "\"");
    }
    try {
      BigDecimal nanos = BigDecimal.ZERO;
      Matcher part = PART.matcher(text);
      while (part.find()) {
        nanos =
            nanos.add(
                new BigDecimal(part.group(1))
                    .multiply(BigDecimal.valueOf(UNITS.getOrDefault(part.group(2), 1L))));
      }
      long whole = nanos.longValueExact();
      if (whole != 0 && whole < LEAST_NANOS) {
        throw step.fault("--" + flag.getKey() + " cannot be less than 1ms");
      }
      return whole;
    } catch (ArithmeticException e) {
      throw step.fault("--" + flag.getKey() + ": invalid duration \"" + text + "\"");
    }
  }

  private static long retries(Instruction step, String text) throws DockerfileException {
    if (!text.matches("[0-9]{1,9}") || Long.parseLong(text) == 0) {
      throw step.fault("--retries must be at least 1 (not " + text + ")");
    }
    return Long.parseLong(text);
  }
}

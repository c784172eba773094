package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.object.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How it is found out whether a container is well ({@code HEALTHCHECK}, {@code --health-cmd}).
 *
 * @param command what succeeds then
 * @param interval between the end of one check and the next
 * @param timeout for one check
 * @param startPeriod in which failures do not count
 * @param retries failures in a row after which it is not well
 */
record HealthPlan(
    List<String> command, Duration interval, Duration timeout, Duration startPeriod, long retries) {
  private static final Duration USUAL = Duration.ofSeconds(30);
  private static final long USUAL_RETRIES = 3;
  private static final long LEAST_NANOS = 1_000_000;

  /** What of a check people can say one by one. */
  private static final List<String> FIELDS =
      List.of("Test", "Interval", "Timeout", "StartPeriod", "Retries");

  HealthPlan {
    command = List.copyOf(command);
  }

  /** A configuration with what the image says of checks where the client says nothing. */
  static Tree complete(Tree config, Tree image) {
    Tree check = config.tree("Healthcheck");
    for (String field : FIELDS) {
      Object of = image.tree("Healthcheck").get(field);
      boolean said =
          field.equals("Test") ? !check.items(field).isEmpty() : check.number(0, field) != 0;
      if (!said && of != null) {
        check = check.with(field, of);
      }
    }
    return check.isEmpty() ? config.without("Healthcheck") : config.with("Healthcheck", check);
  }

  /**
   * What a {@linkplain #complete complete} configuration says; empty where nothing is checked.
   *
   * @param shell what executes commands that are a text
   * @throws EngineException 400 when it is malformed
   */
  static Optional<HealthPlan> of(Tree config, List<String> shell) {
    List<String> test = config.items("Healthcheck", "Test").texts();
    if (test.isEmpty() || test.get(0).equals("NONE")) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    switch (test.get(0)) {
      case "CMD" -> words.addAll(test.subList(1, test.size()));
      case "CMD-SHELL" -> {
        words.addAll(shell);
        words.addAll(test.subList(1, test.size()));
      }
      default ->
          throw EngineException.malformed(
              "--health-cmd: unknown type \"" + test.get(0) + "\" in Healthcheck.Test");
    }
    if (words.isEmpty()) {
      throw EngineException.malformed("--health-cmd: Healthcheck.Test has no command");
    }
    Tree check = config.tree("Healthcheck");
    long retries = check.number(0, "Retries");
    if (retries < 0) {
      throw EngineException.malformed("--health-retries: Healthcheck.Retries cannot be negative");
    }
    return Optional.of(
        new HealthPlan(
            words,
            time(check, "Interval", "--health-interval", USUAL),
            time(check, "Timeout", "--health-timeout", USUAL),
            time(check, "StartPeriod", "--health-start-period", Duration.ZERO),
            retries == 0 ? USUAL_RETRIES : retries));
  }

  private static Duration time(Tree check, String field, String flag, Duration usual) {
    long nanos = check.number(0, field);
    if (nanos != 0 && nanos < LEAST_NANOS) {
      throw EngineException.malformed(flag + ": Healthcheck." + field + " cannot be less than 1ms");
    }
    return nanos == 0 ? usual : Duration.ofNanos(nanos);
  }
}

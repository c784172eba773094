package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.object.Tree;
import java.time.Duration;
import java.util.Locale;

/**
 * What becomes of a container that has ended; pure.
 *
 * @param name {@code no}, {@code always}, {@code unless-stopped} or {@code on-failure}
 * @param mostRetries of those that failed; 0 for any number
 */
record RestartPolicy(String name, long mostRetries) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** Whoever has run for so long has not failed to start (moby, restartmanager). */
  private static final Duration GOOD_RUN = Duration.ofSeconds(10);

  private static final int MOST_DOUBLINGS = 16;

  /**
   * The policy of {@code HostConfig}.
   *
   * @throws EngineException 400 when it is none
   */
  static RestartPolicy of(Tree host) {
    String name = host.text("RestartPolicy", "Name");
    long most = host.number(0, "RestartPolicy", "MaximumRetryCount");
    if (most < 0 || most > 0 && !name.equals("on-failure")) {
      throw EngineException.malformed(
          "invalid restart policy: MaximumRetryCount is for on-failure, and not negative");
    }
    return switch (name) {
      case "", "no" -> new RestartPolicy("no", 0);
      case "always", "unless-stopped", "on-failure" -> new RestartPolicy(name, most);
      default ->
          throw EngineException.malformed(
              "invalid restart policy: unknown policy '%s'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'"
                  .formatted(name.toLowerCase(Locale.ROOT)));
    };
  }

  /**
   * Whether a container starts again.
   *
   * @param failures how often it has been started again in a row
   * @param isStopped whether somebody has stopped it
   */
  boolean again(int exitCode, int failures, boolean isStopped) {
    return !isStopped
        && switch (name) {
          case "always", "unless-stopped" -> true;
          case "on-failure" -> exitCode != 0 && (mostRetries == 0 || failures < mostRetries);
          default -> false;
        };
  }

  /** Whether it starts again with the engine. */
  boolean withEngine(boolean isStopped) {
    return name.equals("always") || name.equals("unless-stopped") && !isStopped;
  }

  /** How long it waits before it starts again for the {@code failures}-th time in a row. */
  static Duration pause(int failures) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /** How many starts in a row there were, after another run of this length. */
  static int failures(int before, Duration run) {
    return run.compareTo(GOOD_RUN) >= 0 ? 0 : before;
  }
}

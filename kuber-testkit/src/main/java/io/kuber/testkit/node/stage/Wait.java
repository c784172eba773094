package io.kuber.testkit.node.stage;

import io.kuber.loop.Entropy;
import io.kuber.object.KubeObject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How long a pod stays in a state before a stage leads on. Pure, but for the random numbers. */
public sealed interface Wait {
  /** No wait at all. */
  Wait NONE = new Time(Duration.ZERO, Duration.ZERO);

  /**
   * The wait of a pod; empty when the stage is not for it.
   *
   * @param attempt how often the pod has tried what it waits for, from one
   */
  Optional<Duration> of(KubeObject pod, int attempt, Entropy entropy);

  /**
   * A time, and up to {@code jitter} more.
   *
   * @param least not negative, and not longer than {@link Stage#LONGEST}
   */
  record Time(Duration least, Duration jitter) implements Wait {
    /** Checks both. */
    public Time {
      Stage.check("delay", least);
      Stage.check("jitter", jitter);
    }

    @Override
    public Optional<Duration> of(KubeObject pod, int attempt, Entropy entropy) {
      long millis = jitter.toMillis();
      return Optional.of(
          millis == 0
              ? least
              : least.plusMillis(entropy.below((int) Math.min(millis, Integer.MAX_VALUE - 1) + 1)));
    }
  }

  /** A time that doubles with each attempt, up to a limit. */
  record BackOff(Duration first, Duration most) implements Wait {
    /** Doubled more often, no time is left that is not over the limit. */
    private static final int MAX_DOUBLINGS = 30;

    /** Checks both. */
    public BackOff {
      Stage.check("first wait", first);
      Stage.check("longest wait", most);
    }

    @Override
    public Optional<Duration> of(KubeObject pod, int attempt, Entropy entropy) {
      return Optional.of(before(attempt));
    }

    /** The wait before an attempt, the first of which is 1. */
    public Duration before(int attempt) {
      int doublings = Math.min(Math.max(attempt, 1) - 1, MAX_DOUBLINGS);
      Duration wait = first.multipliedBy(1L << doublings);
      return wait.compareTo(most) > 0 ? most : wait;
    }
  }

  /**
   * The time that an annotation of the pod says: {@code 30}, {@code 30s} or {@code 1m30s}. The
   * stage is not for pods without it, or for those where it cannot be read.
   */
  record Annotated(String annotation) implements Wait {
    @Override
    public Optional<Duration> of(KubeObject pod, int attempt, Entropy entropy) {
      String text = pod.annotations().getOrDefault(annotation, "");
      if (text.isEmpty()) {
        return Optional.empty();
      }
      boolean bare = Character.isDigit(text.charAt(text.length() - 1));
      try {
        return Optional.of(Duration.parse("PT" + text + (bare ? "S" : "")))
            .filter(wait -> !wait.isNegative());
      } catch (DateTimeParseException unreadable) {
        return Optional.empty();
      }
    }
  }
}

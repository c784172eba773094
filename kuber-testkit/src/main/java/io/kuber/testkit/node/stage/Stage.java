package io.kuber.testkit.node.stage;

import io.kuber.object.KubeObject;
import io.kuber.testkit.field.Fields;
import java.time.Duration;

/**
 * One stage in the life of simulated pods, as data: which pods go from which state to which, after
 * what wait, and how often something else comes of it.
 *
 * @param name for people
 * @param pods which it is for
 * @param delay how long they stay in {@code from}
 * @param outcome what becomes of their containers in {@code to}
 * @param mishap where they go instead, and how often
 */
public record Stage(
    String name,
    Match pods,
    PodState from,
    PodState to,
    Wait delay,
    Outcome outcome,
    Mishap mishap) {
  /** Longer waits are mistakes. */
  public static final Duration LONGEST = Fields.LONGEST;

  /**
   * What a stage says of the containers.
   *
   * @param exitCode with which they end, where they end
   * @param message why an image cannot be had; empty for one that is made up
   */
  public record Outcome(int exitCode, String message) {
    /** Nothing in particular. */
    public static final Outcome PLAIN = new Outcome(0, "");

    static final int MAX_EXIT_CODE = 255;

    /** Checks the code. */
    public Outcome {
      if (exitCode < 0 || exitCode > MAX_EXIT_CODE) {
        throw new BadStageException("exitCode", exitCode + " is not between 0 and 255");
      }
    }
  }

  /**
   * What goes wrong now and then.
   *
   * @param rate how often, from 0 (never) to 1 (always)
   * @param to where the pod goes then
   */
  public record Mishap(double rate, PodState to) {
    /** Nothing ever goes wrong. */
    public static final Mishap NEVER = new Mishap(0, PodState.FAILED);

    /** Checks the rate. */
    public Mishap {
      if (!(rate >= 0 && rate <= 1)) {
        throw new BadStageException("failure.rate", rate + " is not between 0 and 1");
      }
    }
  }

  /** Checks that the states may follow each other. */
  public Stage {
    checkOrder("to", from, to);
    if (mishap.rate() > 0) {
      checkOrder("failure.to", from, mishap.to());
    }
  }

  private static void checkOrder(String field, PodState from, PodState to) {
    if (!from.mayBecome(to)) {
      throw new BadStageException(field, "a pod that is %s cannot become %s".formatted(from, to));
    }
  }

  static void check(String field, Duration time) {
    if (time.isNegative()) {
      throw new BadStageException(field, time + " is negative");
    }
    if (time.compareTo(LONGEST) > 0) {
      throw new BadStageException(field, time + " is longer than " + LONGEST);
    }
  }

  /** A stage for all pods, at once. */
  public static Stage of(String name, PodState from, PodState to) {
    return new Stage(name, Match.ALL, from, to, Wait.NONE, Outcome.PLAIN, Mishap.NEVER);
  }

  /** The same for these pods. */
  public Stage matching(Match match) {
    return new Stage(name, match, from, to, delay, outcome, mishap);
  }

  /** The same after a time. */
  public Stage after(Duration delay) {
    return after(delay, Duration.ZERO);
  }

  /** The same after a time and up to {@code jitter} more. */
  public Stage after(Duration delay, Duration jitter) {
    return after(new Wait.Time(delay, jitter));
  }

  /** The same after another wait. */
  public Stage after(Wait other) {
    return new Stage(name, pods, from, to, other, outcome, mishap);
  }

  /** The same with containers that end with this code. */
  public Stage exiting(int code) {
    return new Stage(name, pods, from, to, delay, new Outcome(code, outcome.message()), mishap);
  }

  /** The same with what is to be read of it. */
  public Stage saying(String message) {
    return new Stage(name, pods, from, to, delay, new Outcome(outcome.exitCode(), message), mishap);
  }

  /** The same, but now and then the pod goes elsewhere; a rate of 0.1 is every tenth time. */
  public Stage failing(double rate, PodState elsewhere) {
    return new Stage(name, pods, from, to, delay, outcome, new Mishap(rate, elsewhere));
  }

  /** The same towards another state, without mishap. */
  public Stage to(PodState other) {
    return new Stage(name, pods, from, other, delay, outcome, Mishap.NEVER);
  }

  /** Whether it is for a pod that is in this state. */
  public boolean isFor(KubeObject pod, PodState state) {
    return from == state && pods.test(pod);
  }

  /**
   * Whether a pod that waits for it is on its way, so that a cluster with it is not at rest; a pod
   * that works, or waits for another attempt, is not.
   */
  public boolean isUnderWay() {
    return switch (from) {
      case NEW, CREATING, STOPPING, PULL_FAILED, CRASHED -> true;
      case RUNNING -> to == PodState.READY;
      case READY, PULL_BACK_OFF, BACK_OFF, SUCCEEDED, FAILED, GONE -> false;
    };
  }
}

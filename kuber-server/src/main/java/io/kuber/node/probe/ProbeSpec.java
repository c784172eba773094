package io.kuber.node.probe;

import io.kuber.object.Tree;
import java.time.Duration;

/**
 * A probe as a pod declares it (core/v1 Probe).
 *
 * @param action the whole declaration, of which {@code httpGet}, {@code tcpSocket}, {@code exec} or
 *     {@code grpc} says what is asked
 */
public record ProbeSpec(
    Duration initialDelay,
    Duration period,
    Duration timeout,
    int successThreshold,
    int failureThreshold,
    Tree action) {
  private static final int DEFAULT_PERIOD_SECONDS = 10;
  private static final int DEFAULT_FAILURES = 3;

  /** Reads a declaration; what it leaves out has Kubernetes' defaults. */
  public static ProbeSpec of(Tree probe) {
    return new ProbeSpec(
        Duration.ofSeconds(probe.number(0, "initialDelaySeconds")),
        Duration.ofSeconds(Math.max(1, probe.number(DEFAULT_PERIOD_SECONDS, "periodSeconds"))),
        Duration.ofSeconds(Math.max(1, probe.number(1, "timeoutSeconds"))),
        (int) Math.max(1, probe.number(1, "successThreshold")),
        (int) Math.max(1, probe.number(DEFAULT_FAILURES, "failureThreshold")),
        probe);
  }
}

package io.kuber.testkit.machine;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator on a machine that leads or waits to lead, by a Lease, at the pace of client-go
 * (tools/leaderelection): whether the one who leads has gone silent, it judges by the moments at
 * which it saw him renew; or, where it is naive, by the times that he writes.
 */
final class Elector {
  static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Machine machine;
  private final boolean isNaive;
  private Tree seen = Tree.EMPTY;
  private Instant seenAt = Instant.EPOCH;
  private boolean isDown;

  Elector(Machine machine, boolean isNaive) {
    this.machine = machine;
    this.isNaive = isNaive;
  }

  void begin() {
    machine.loops().loop("elector-" + machine.name()).schedule(RETRY, this::tryToLead);
  }

  /** The program ends, and says nothing any more. */
  void end() {
    isDown = true;
  }

  private void tryToLead() {
    if (isDown) {
      return;
    }
    machine
        .client()
        .get(Resources.LEASES, "default", "operator")
        .whenComplete((lease, missing) -> decide(lease));
    begin();
  }

  private void decide(@Nullable KubeObject lease) {
    if (lease == null) {
      write(Resources.LEASES.object("default", "operator"), 0);
      return;
    }
    Tree spec = lease.spec();
    Instant now = machine.clock().instant();
    if (!spec.equals(seen)) {
      seen = spec;
      seenAt = now;
    }
    Instant renewed = isNaive ? Instant.parse(spec.text("renewTime")) : seenAt;
    boolean isMine = spec.text("holderIdentity").equals(machine.name());
    if (isMine || renewed.plus(LEASE).isBefore(now)) {
      write(lease, spec.number(0, "leaseTransitions") + (isMine ? 0 : 1));
    }
  }

  private void write(KubeObject lease, long transitions) {
    String now = Timestamps.micros(machine.clock().instant());
    KubeObject mine =
        lease.with(
            Tree.of(
                "holderIdentity", machine.name(),
                "leaseDurationSeconds", LEASE.toSeconds(),
                "acquireTime", now,
                "renewTime", now,
                "leaseTransitions", transitions),
            "spec");
    if (lease.resourceVersion().isEmpty()) {
      machine.client().create(Resources.LEASES, mine);
    } else {
      machine.client().update(Resources.LEASES, mine);
    }
  }
}

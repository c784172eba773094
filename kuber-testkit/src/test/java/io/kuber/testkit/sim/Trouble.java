package io.kuber.testkit.sim;

import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import java.time.Duration;
import java.util.List;

/** What goes wrong with servers and the network between them, every now and then until it ends. */
final class Trouble {
  private static final int FAULT_MILLIS = 700;
  private static final int DOWN_MILLIS = 2_500;
  private static final int LAG_MILLIS = 1_500;

  private final Entropy entropy;
  private final Loop faults;
  private final ModelledLog log;
  private final List<Host> hosts;
  private boolean calm;

  Trouble(Loops loops, ModelledLog log, List<Host> hosts) {
    this.entropy = loops.entropy();
    this.faults = loops.loop("faults");
    this.log = log;
    this.hosts = List.copyOf(hosts);
  }

  /** From now on things go wrong. */
  void begin() {
    faults.schedule(
        Duration.ofMillis(entropy.below(FAULT_MILLIS)),
        () -> {
          if (!calm) {
            fault(entropy.below(10), hosts.get(entropy.below(hosts.size())));
            begin();
          }
        });
  }

  /** From now on nothing does, and all servers are there. */
  void end() {
    calm = true;
    log.calm();
    hosts.forEach(this::revive);
  }

  private void fault(int kind, Host host) {
    switch (kind) {
      case 0 -> log.depose();
      case 1 -> {
        host.kill();
        faults.schedule(Duration.ofMillis(entropy.below(DOWN_MILLIS)), () -> revive(host));
      }
      case 2 -> log.cut(entropy.below(hosts.size()), entropy.below(hosts.size()));
      case 3 -> {
        int lonely = entropy.below(hosts.size());
        for (int other = 0; other < hosts.size(); other++) {
          log.cut(lonely, other);
          log.cut(other, lonely);
        }
      }
      case 4, 5 -> log.heal();
      case 6 -> log.lag(entropy.below(hosts.size()), 1 + entropy.below(LAG_MILLIS));
      case 7, 8 -> host.save();
      default -> host.install(hosts.get(entropy.below(hosts.size())));
    }
  }

  private void revive(Host host) {
    if (host.running() == null) {
      host.start();
    }
  }
}

package io.kuber.testkit.sim;

import io.kuber.loop.SimulatedLoops;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import io.kuber.testkit.check.Change;
import io.kuber.testkit.check.ChangeLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One run: three servers, a quota, and many clients that each want one map more than there may be;
 * faults for a while, calm, judgement.
 */
final class QuotaRace {
  static final int LIMIT = 10;
  static final Key QUOTA = Resources.RESOURCE_QUOTAS.key(Maps.NAMESPACE, "q");
  private static final int SERVERS = 3;
  private static final int CLIENTS = 100;
  private static final Duration START = Duration.ofSeconds(5);
  private static final Duration TROUBLE = Duration.ofSeconds(12);
  private static final Duration CALM = Duration.ofSeconds(20);

  private final SimulatedLoops loops;
  private final ChangeLog truth = new ChangeLog();
  private final List<Host> hosts = new ArrayList<>();
  private final List<QuotaRacer> racers = new ArrayList<>();
  private final Trouble trouble;

  private QuotaRace(long seed, Flaw flaw) {
    loops = new SimulatedLoops(seed, Instant.parse("2026-01-01T00:00:00Z"));
    ModelledLog log = new ModelledLog(loops, SERVERS);
    for (int i = 0; i < SERVERS; i++) {
      hosts.add(new Host(i, loops, log, truth, flaw));
    }
    hosts.forEach(Host::start);
    trouble = new Trouble(loops, log, hosts);
  }

  /**
   * What was seen.
   *
   * @param problems one line each; empty when all was well
   * @param made maps that were created at some time
   * @param refusals for the quota's sake
   */
  record Report(List<String> problems, int made, int refusals) {}

  static Report run(long seed, Flaw flaw) {
    return new QuotaRace(seed, flaw).run();
  }

  private Report run() {
    limit();
    loops.advance(START);
    for (int i = 0; i < CLIENTS; i++) {
      racers.add(new QuotaRacer("map-" + i, hosts, loops));
    }
    trouble.begin();
    loops.advance(TROUBLE);
    trouble.end();
    racers.forEach(QuotaRacer::settle);
    loops.advance(CALM);
    return judge();
  }

  private void limit() {
    Host.Running first = Objects.requireNonNull(hosts.get(0).running(), "all were started");
    first
        .client()
        .create(
            Resources.RESOURCE_QUOTAS,
            Resources.RESOURCE_QUOTAS
                .object(Maps.NAMESPACE, "q")
                .with(Tree.of("configmaps", Integer.toString(LIMIT)), "spec", "hard"))
        .whenComplete(
            (made, failure) -> {
              if (failure != null && image(0).get(QUOTA) == null) {
                loops.loop("limit").schedule(Duration.ofMillis(100), this::limit);
              }
            });
  }

  private Report judge() {
    List<String> problems = new ArrayList<>(truth.check());
    Set<String> there = new HashSet<>();
    int made = 0;
    List<Change> changes =
        truth.changes().stream()
            .filter(change -> change.key().startsWith("map-"))
            .sorted(Comparator.comparingLong(Change::revision))
            .distinct()
            .toList();
    for (Change change : changes) {
      if (change.deleted()) {
        there.remove(change.key());
      } else if (there.add(change.key())) {
        made++;
      }
      if (there.size() > LIMIT) {
        problems.add(there.size() + " at revision " + change.revision());
      }
    }
    for (int i = 0; i < SERVERS; i++) {
      Image image = image(i);
      int count = image.count(Maps.RESOURCE, Maps.NAMESPACE);
      Stored quota = Objects.requireNonNull(image.get(QUOTA), "nobody deletes it");
      String used = quota.object().status().text("used", "configmaps");
      if (count != LIMIT || !used.equals(Integer.toString(LIMIT))) {
        problems.add("server " + i + " has " + count + ", and says " + used);
      }
    }
    return new Report(problems, made, racers.stream().mapToInt(QuotaRacer::refusals).sum());
  }

  private Image image(int server) {
    return Objects.requireNonNull(hosts.get(server).running(), "it runs").server().image();
  }
}

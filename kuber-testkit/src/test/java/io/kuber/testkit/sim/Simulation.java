package io.kuber.testkit.sim;

import io.kuber.loop.Entropy;
import io.kuber.loop.SimulatedLoops;
import io.kuber.testkit.check.Answer;
import io.kuber.testkit.check.Call;
import io.kuber.testkit.check.CallRecorder;
import io.kuber.testkit.check.ChangeLog;
import io.kuber.testkit.check.Linearizability;
import io.kuber.testkit.check.RevisionOrder;
import io.kuber.testkit.check.Verdict;
import io.kuber.testkit.check.WatchPromises;
import io.kuber.testkit.check.WatchSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One run: some servers, clients and watchers, faults for a while, calm, judgement. */
final class Simulation {
  private static final Duration TROUBLE = Duration.ofSeconds(12);
  private static final Duration CALM = Duration.ofSeconds(16);
  private static final int CLIENTS = 5;
  private static final List<String> COLORS = List.of("red", "blue");

  private final SimulatedLoops loops;
  private final Entropy entropy;
  private final Trouble trouble;
  private final ChangeLog truth = new ChangeLog();
  private final CallRecorder recorder = new CallRecorder();
  private final List<Host> hosts = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final List<SimulatedWatcher> watchers = new ArrayList<>();
  private int values;

  private Simulation(long seed, Flaw flaw) {
    loops = new SimulatedLoops(seed, Instant.parse("2026-01-01T00:00:00Z"));
    entropy = loops.entropy();
    int servers = entropy.below(4) == 0 ? 5 : 3;
    ModelledLog log = new ModelledLog(loops, servers);
    for (int i = 0; i < servers; i++) {
      hosts.add(new Host(i, loops, log, truth, flaw));
    }
    hosts.forEach(Host::start);
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new SimulatedClient("client-" + i, hosts, loops, recorder, this::value));
    }
    watchers.add(new SimulatedWatcher("all", "", hosts, loops));
    COLORS.forEach(color -> watchers.add(new SimulatedWatcher(color, color, hosts, loops)));
    trouble = new Trouble(loops, log, hosts);
    trouble.begin();
  }

  /**
   * What was seen.
   *
   * @param problems one line each; empty when all was well
   * @param acknowledged writes that were acknowledged
   * @param unknown calls whose outcome nobody knows
   * @param changes that were applied
   * @param watches that were opened
   */
  record Report(List<String> problems, long acknowledged, long unknown, int changes, int watches) {}

  static Report run(long seed, Flaw flaw) {
    return new Simulation(seed, flaw).run();
  }

  private String value() {
    return COLORS.get(entropy.below(COLORS.size())) + "-" + values++;
  }

  private Report run() {
    loops.advance(TROUBLE);
    trouble.end();
    watchers.forEach(SimulatedWatcher::calm);
    clients.forEach(SimulatedClient::stop);
    loops.advance(CALM);
    return judge();
  }

  private Report judge() {
    List<String> problems = new ArrayList<>();
    List<Call> calls = recorder.calls();
    List<String> states = hosts.stream().map(Simulation::state).distinct().toList();
    if (states.size() > 1) {
      problems.add("servers have different states: " + states);
    }
    problems.addAll(truth.check());
    problems.addAll(truth.check(calls));
    problems.addAll(RevisionOrder.check(calls));
    Verdict verdict = Linearizability.check(calls);
    if (!(verdict instanceof Verdict.Accepted)) {
      problems.add(verdict.toString());
    }
    long last = truth.changes().stream().mapToLong(change -> change.revision()).max().orElse(0);
    for (SimulatedWatcher watcher : watchers) {
      if (watcher.seen() < last) {
        problems.add("a watcher has come to " + watcher.seen() + " of " + last);
      }
    }
    List<WatchSession> sessions =
        watchers.stream().flatMap(watcher -> watcher.sessions().stream()).toList();
    WatchPromises.check(truth, sessions).forEach(broken -> problems.add(broken.toString()));
    long written = calls.stream().filter(call -> call.answer() instanceof Answer.Written).count();
    long unknown = calls.stream().filter(call -> call.answer() instanceof Answer.Unknown).count();
    return new Report(problems, written, unknown, truth.changes().size(), sessions.size());
  }

  private static String state(Host host) {
    return Objects.requireNonNull(host.running(), "all were started").server().digest();
  }
}

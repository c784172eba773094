package io.kuber.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.check.Answer;
import io.kuber.testkit.check.Call;
import io.kuber.testkit.check.Change;
import io.kuber.testkit.check.Linearizability;
import io.kuber.testkit.check.RevisionOrder;
import io.kuber.testkit.check.Verdict;
import io.kuber.testkit.check.WatchPromises;
import io.kuber.testkit.check.WatchSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Load and watchers while something breaks, and the judgement afterwards. */
final class Trial implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

  private final Servers servers;
  private final String name;
  private final Load load;
  private final List<Watcher> watchers = new ArrayList<>();

  /** Begins; the name must be new to the servers. */
  Trial(Servers servers, String name) {
    this.servers = servers;
    this.name = name;
    long now = servers.alive().stream().mapToLong(Server::applied).max().orElse(0);
    watchers.add(new Watcher(servers, "all-" + name, "*", now));
    watchers.add(new Watcher(servers, "own-" + name, name, now));
    watchers.add(new Watcher(servers, "late-" + name, name, Math.max(0, now - 10)));
    load = new Load(servers, name);
  }

  /** Lets clients do some more. */
  void awaitWrites(int more) {
    load.awaitWrites(more);
  }

  /** Lets clients do some more, and somebody help meanwhile. */
  void awaitWrites(int more, Runnable help) {
    load.awaitWrites(more, help);
  }

  /**
   * Ends the load and judges: all servers agree, no acknowledged write is lost, calls are
   * linearizable, watches kept their promises. All servers have to be there again.
   */
  void judge() {
    load.stop();
    load.readAll();
    servers.awaitAgreement();
    Collection<Change> changes;
    synchronized (servers.truth()) {
      changes = List.copyOf(servers.truth().changes());
    }
    long last = changes.stream().mapToLong(Change::revision).max().orElse(0);
    watchers.forEach(watcher -> watcher.awaitSeen(last));
    List<WatchSession> sessions =
        watchers.stream().flatMap(watcher -> watcher.sessions().stream()).toList();
    List<Call> calls = servers.recorder().calls();
    synchronized (servers.truth()) {
      assertThat(servers.truth().check()).as("what was applied").isEmpty();
      assertThat(servers.truth().check(calls)).as("what was acknowledged").isEmpty();
      assertThat(WatchPromises.check(servers.truth(), sessions)).as("watches").isEmpty();
    }
    assertThat(RevisionOrder.check(calls)).as("revisions").isEmpty();
    List<Call> own =
        calls.stream().filter(call -> call.request().key().startsWith(name + "/")).toList();
    assertThat(Linearizability.check(own)).isEqualTo(new Verdict.Accepted());
    LOG.info(
        "{}: {} calls, {} of them writes that were acknowledged, {} unknown; {} watches, {} changes",
        name,
        own.size(),
        load.written(),
        own.stream().filter(call -> call.answer() instanceof Answer.Unknown).count(),
        sessions.size(),
        changes.size());
  }

  @Override
  public void close() {
    load.close();
    watchers.forEach(Watcher::close);
  }
}

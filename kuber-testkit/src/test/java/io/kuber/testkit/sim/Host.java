package io.kuber.testkit.sim;

import io.kuber.access.User;
import io.kuber.api.Api;
import io.kuber.client.local.LocalClient;
import io.kuber.loop.EndingLoops;
import io.kuber.loop.Loops;
import io.kuber.raft.SimulatedServer;
import io.kuber.resource.Catalogue;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.Delta;
import io.kuber.testkit.check.Change;
import io.kuber.testkit.check.ChangeLog;
import io.kuber.watch.WatchHub;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A machine: its disk stays, its process comes and goes. */
final class Host {
  static final User USER = User.system("simulation");
  private static final Catalogue CATALOGUE = BuiltInKinds.catalogue();

  /** Events that a watch may lag behind; few, so that some watches expire. */
  private static final int HISTORY = 40;

  private final int number;
  private final Loops loops;
  private final ModelledLog log;
  private final ChangeLog truth;
  private final Flaw flaw;
  private byte[] saved = new byte[0];
  private int savedAt;
  private @Nullable Running running;

  Host(int number, Loops loops, ModelledLog log, ChangeLog truth, Flaw flaw) {
    this.number = number;
    this.loops = loops;
    this.log = log;
    this.truth = truth;
    this.flaw = flaw;
  }

  /**
   * A process.
   *
   * @param end completes when it ends
   */
  record Running(
      EndingLoops life,
      SimulatedServer server,
      Api api,
      LocalClient client,
      CompletableFuture<Void> end) {
    CompletionStage<Void> died() {
      return end;
    }
  }

  /** The process, or null while there is none. */
  @Nullable Running running() {
    return running;
  }

  void start() {
    EndingLoops life = new EndingLoops(loops);
    SimulatedServer server = new SimulatedServer(life, wire(), flaw, number);
    if (savedAt > 0) {
      server.install(saved);
    }
    server.subscribe((delta, after) -> tell(delta));
    WatchHub hub = WatchHub.of(server, HISTORY);
    Api api = new Api(server, hub, () -> CATALOGUE, request -> request.object(), life);
    LocalClient client = new LocalClient(api, USER, life.loop("client"));
    running = new Running(life, server, api, client, new CompletableFuture<>());
    int from = flaw == Flaw.ENTRIES_FORGOTTEN ? log.end() : savedAt;
    log.start(
        number,
        from,
        new ModelledLog.Follower() {
          @Override
          public void apply(byte[] entry) {
            server.apply(entry);
          }

          @Override
          public void leaderChanged() {
            server.leaderChanged();
          }
        });
  }

  private SimulatedServer.Wire wire() {
    return new SimulatedServer.Wire() {
      @Override
      public OptionalInt leader() {
        return log.leader(number);
      }

      @Override
      public CompletionStage<Void> append(int leader, byte[] entry) {
        return log.append(number, leader, entry);
      }
    };
  }

  private void tell(Delta delta) {
    truth.add(
        "server " + number,
        new Change(
            delta.revision(), delta.key().name(), delta.deleted(), Maps.value(delta.after())));
  }

  void kill() {
    Running gone = running;
    running = null;
    if (gone != null) {
      gone.life.close();
      log.stop(number);
      gone.end.complete(null);
    }
  }

  /** Writes a snapshot, from which the next process goes on. */
  void save() {
    Running now = running;
    if (now != null) {
      saved = now.server.save();
      savedAt = log.applied(number);
    }
  }

  /** Goes on from the snapshot of a host that is ahead. */
  void install(Host other) {
    Running now = running;
    if (now != null && other.savedAt > log.applied(number)) {
      now.server.install(other.saved);
      log.skip(number, other.savedAt);
      saved = other.saved;
      savedAt = other.savedAt;
    }
  }

  @Override
  public String toString() {
    return "server-" + number;
  }
}

package io.kuber.testkit.sim;

import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What servers see of a consensus protocol: one order of committed entries that only grows, and a
 * leader that takes entries and may lose them. It commits only while a majority is together; how a
 * majority agrees is not its business.
 *
 * <p>Worse than a real one on purpose: an entry that was sent may be committed twice, much later,
 * before others that were sent earlier, or after its sender was told that it failed.
 */
final class ModelledLog {
  private static final int NOBODY = -1;
  private static final int HOP_MICROS = 3_000;
  private static final int LATE_MILLIS = 3_000;
  private static final Duration ELECTION = Duration.ofMillis(400);
  private static final int MAX_ENTRIES_AT_ONCE = 8;

  private final Loop network;
  private final Entropy entropy;
  private final List<byte[]> committed = new ArrayList<>();
  private final List<Proposal> pending = new ArrayList<>();
  private final Place[] places;
  private final boolean[][] cut;
  private int leader = NOBODY;
  private boolean calm;

  /** What a server does with entries. */
  interface Follower {
    /** Applies the entry with that place in the log. */
    void apply(byte[] entry);

    /** The servers may have another leader. */
    void leaderChanged();
  }

  private record Proposal(byte[] entry, CompletableFuture<Void> reply) {}

  private static final class Place {
    @Nullable Follower follower;
    int applied;
    int lagMillis = 1;
    boolean catchingUp;
    int believes = NOBODY;
  }

  ModelledLog(Loops loops, int servers) {
    this.network = loops.loop("network");
    this.entropy = loops.entropy();
    this.places = new Place[servers];
    this.cut = new boolean[servers][servers];
    for (int i = 0; i < servers; i++) {
      places[i] = new Place();
    }
    network.execute(this::elect);
  }

  /** A server starts, with all entries before {@code applied} in its state. */
  void start(int server, int applied, Follower follower) {
    Place place = new Place();
    place.follower = follower;
    place.applied = applied;
    places[server] = place;
    catchUp(place, server);
  }

  /** A server ends. */
  void stop(int server) {
    places[server] = new Place();
    if (leader == server) {
      leader = NOBODY;
    }
  }

  /** Entries that a server has applied. */
  int applied(int server) {
    return places[server].applied;
  }

  /** Entries that were committed. */
  int end() {
    return committed.size();
  }

  /** Who leads, as far as a server knows. */
  OptionalInt leader(int server) {
    int believed = places[server].believes;
    return believed == NOBODY ? OptionalInt.empty() : OptionalInt.of(believed);
  }

  /** A server goes on from the state of another one. */
  void skip(int server, int applied) {
    places[server].applied = applied;
  }

  /** From now on nothing goes wrong any more. */
  void calm() {
    calm = true;
    heal();
    for (Place place : places) {
      place.lagMillis = 1;
    }
  }

  /** The leader steps down. */
  void depose() {
    leader = NOBODY;
  }

  void cut(int from, int to) {
    cut[from][to] = true;
  }

  void heal() {
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
  }

  /** From now on a server applies entries only after so long. */
  void lag(int server, int millis) {
    places[server].lagMillis = millis;
  }

  /** A server sends an entry to one that it believes to lead. */
  CompletionStage<Void> append(int from, int to, byte[] entry) {
    CompletableFuture<Void> reply = new CompletableFuture<>();
    later(() -> arrive(from, to, new Proposal(entry, reply)));
    if (happens(20)) {
      // A copy that the network held back.
      late(() -> arrive(from, to, new Proposal(entry, new CompletableFuture<>())));
    }
    return reply;
  }

  private void arrive(int from, int to, Proposal proposal) {
    boolean reached = hears(to, from) && to == leader;
    if (!reached) {
      refuse(proposal);
    } else if (happens(60)) {
      late(() -> arrive(from, to, proposal));
    } else {
      pending.add(proposal);
      later(this::commitSome);
    }
  }

  /** The sender hears of a failure, at some time or never. */
  private void refuse(Proposal proposal) {
    if (calm || !happens(4)) {
      later(() -> proposal.reply.completeExceptionally(new IOException("nobody knows")));
    }
  }

  private void commitSome() {
    if (pending.isEmpty()) {
      return;
    }
    if (leader == NOBODY || !hasMajority(leader)) {
      network.schedule(ELECTION, this::commitSome);
      return;
    }
    Proposal next = pending.remove(happens(5) ? entropy.below(pending.size()) : 0);
    commit(next.entry);
    if (happens(30)) {
      refuse(next);
    } else {
      later(() -> next.reply.complete(null));
    }
    if (happens(40)) {
      late(() -> pending.add(new Proposal(next.entry, new CompletableFuture<>())));
      late(this::commitSome);
    }
    if (!pending.isEmpty()) {
      later(this::commitSome);
    }
  }

  private void commit(byte[] entry) {
    committed.add(entry);
    for (int i = 0; i < places.length; i++) {
      catchUp(places[i], i);
    }
  }

  private void catchUp(Place place, int server) {
    if (place.follower != null && !place.catchingUp && place.applied < committed.size()) {
      place.catchingUp = true;
      Duration lag = Duration.ofNanos(1_000L * entropy.below(1_000 * place.lagMillis + 1));
      network.schedule(lag, () -> applySome(place, server));
    }
  }

  private void applySome(Place place, int server) {
    place.catchingUp = false;
    if (places[server] != place || place.follower == null) {
      return;
    }
    if (!hearsAnybody(server)) {
      network.schedule(ELECTION, () -> catchUp(place, server));
      return;
    }
    int some = 1 + entropy.below(MAX_ENTRIES_AT_ONCE);
    for (int i = 0; i < some && place.applied < committed.size(); i++) {
      place.follower.apply(committed.get(place.applied++));
    }
    catchUp(place, server);
  }

  /** Every now and then: who can lead does, and those that hear of it know. */
  private void elect() {
    if (leader != NOBODY && !hasMajority(leader)) {
      leader = NOBODY;
    }
    if (leader == NOBODY) {
      // What the old leader had taken the new one has, or not.
      pending.removeIf(lost -> happens(2));
      int candidate = entropy.below(places.length);
      if (places[candidate].follower != null && hasMajority(candidate)) {
        leader = candidate;
        later(this::commitSome);
      }
    }
    for (int i = 0; i < places.length; i++) {
      Place place = places[i];
      boolean learns = leader != NOBODY && hears(i, leader) && place.believes != leader;
      if (place.follower != null && learns) {
        place.believes = leader;
        place.follower.leaderChanged();
      }
    }
    network.schedule(ELECTION.dividedBy(2), this::elect);
  }

  private boolean hasMajority(int server) {
    int together = 0;
    for (int i = 0; i < places.length; i++) {
      together += hears(server, i) && hears(i, server) ? 1 : 0;
    }
    return together > places.length / 2;
  }

  private boolean hearsAnybody(int server) {
    for (int i = 0; i < places.length; i++) {
      if (i != server && hears(server, i) && leader != NOBODY) {
        return true;
      }
    }
    return false;
  }

  private boolean hears(int to, int from) {
    return !cut[from][to] && places[to].follower != null && places[from].follower != null;
  }

  /** One time out of {@code times}, and never once it is calm. */
  private boolean happens(int times) {
    return !calm && entropy.below(times) == 0;
  }

  private void later(Runnable task) {
    network.schedule(Duration.ofNanos(1_000L * entropy.below(HOP_MICROS)), task);
  }

  private void late(Runnable task) {
    network.schedule(Duration.ofMillis(entropy.below(LATE_MILLIS)), task);
  }
}

package io.kuber.testkit.server;

import io.kuber.boot.Kuber;
import io.kuber.loop.SimulatedLoops;
import io.kuber.testkit.chaos.Fault;
import io.kuber.testkit.chaos.Faults;
import io.kuber.testkit.chaos.Injection;
import io.kuber.testkit.chaos.Requests;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The API servers of a cluster under test: the one that leads, where controllers and scheduler
 * decide, and as many as a test asks for that follow it. For any thread.
 */
public final class Servers {
  /** More are a loop that forgets what it has. */
  private static final int MAX_FOLLOWERS = 16;

  private final Kuber kuber;
  private final Faults faults;
  private final Consumer<String> journal;
  private final Map<String, Follower> followers = new LinkedHashMap<>();
  private @Nullable Injection leaderless;

  /**
   * The servers of a cluster that has started.
   *
   * @param journal is told what happens to them, in words
   */
  public Servers(Kuber kuber, Faults faults, Consumer<String> journal) {
    this.kuber = kuber;
    this.faults = faults;
    this.journal = journal;
  }

  /** The server of that name, which starts when it is first asked for. */
  public synchronized Follower follower(String name) {
    Follower known = followers.get(name);
    return known == null ? start(name) : known;
  }

  private Follower start(String name) {
    if (followers.size() == MAX_FOLLOWERS) {
      throw new IllegalStateException(MAX_FOLLOWERS + " servers follow already");
    }
    SimulatedLoops seeded = new SimulatedLoops(faults.seed() ^ name.hashCode(), Instant.EPOCH);
    Follower follower = new Follower(name, seeded.entropy(), journal);
    follower.serve(kuber.serve(follower.new Seat()));
    follower.leads(leaderless == null);
    followers.put(name, follower);
    return follower;
  }

  /**
   * There is no leader any more: controllers and scheduler decide nothing, and writes are answered
   * with 503, until {@link #electLeader}, or until the cluster is set back. Servers that follow
   * answer reads with {@code resourceVersion=0} alone.
   */
  public synchronized void loseLeader() throws InterruptedException {
    if (leaderless == null) {
      journal.accept("the leader is lost");
      leaderless = faults.when(Requests.writes()).then(Fault.unavailable());
      followers.values().forEach(follower -> follower.leads(false));
      kuber.resign();
    }
  }

  /** Another server leads: controllers and scheduler begin anew with what is stored. */
  public synchronized void electLeader() throws InterruptedException {
    journal.accept("a leader is elected");
    if (leaderless != null) {
      leaderless.remove();
      leaderless = null;
    }
    followers.values().forEach(follower -> follower.leads(true));
    kuber.lead();
  }

  /** Nothing is wrong any more; those who decide are left as they are. */
  public synchronized void mend() {
    leaderless = null;
    followers.values().forEach(Follower::mend);
  }
}

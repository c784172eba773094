package io.kuber.testkit.chaos;

import io.kuber.boot.Wire;
import io.kuber.client.Client;
import io.kuber.http.Handler;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.server.webhook.Reviews;
import io.kuber.testkit.chaos.Fault.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong between the clients of a cluster and its API. The first rule that is meant for a
 * request decides.
 *
 * <pre>{@code
 * faults.when(Requests.update("deployments").in("shop")).nth(3).then(Fault.conflict());
 * faults.when(Requests.list("pods").by("my-operator")).lasting(Duration.ofSeconds(5))
 *     .then(Fault.tooManyRequests(Duration.ofSeconds(1)));
 * faults.when(Requests.writes()).drawn(0.05).then(Fault.dropped().afterTheWrite());
 * }</pre>
 *
 * <p>For any thread.
 */
public final class Faults {
  /** The seed of those who name none. */
  public static final long SEED = 1;

  /** Rules at the same time; more are a loop that forgets to remove them. */
  private static final int MAX_INJECTIONS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private final long seed;
  private final Consumer<String> journal;
  private volatile List<Injection> injections = List.of();
  private Luck luck;
  private boolean drawn;
  private int number;
  private @Nullable Loops loops;
  private @Nullable Loop timers;

  /**
   * No faults yet; those that are drawn follow from the seed.
   *
   * @param journal is told of each that strikes, in words
   */
  public Faults(long seed, Consumer<String> journal) {
    this.seed = seed;
    this.journal = journal;
    this.luck = new Luck(seed);
  }

  /** The seed from which faults are drawn; whoever gives it again sees the same ones. */
  public long seed() {
    return seed;
  }

  /** Whether there was a fault that strikes by chance, so that the seed is worth to be told. */
  public synchronized boolean isDrawn() {
    return drawn;
  }

  /** Begins a rule about these requests, all of them unless it says more. */
  public Rule when(Requests requests) {
    return new Rule(this, requests, When.ALWAYS);
  }

  /** Removes all rules, and begins to draw from the seed anew. */
  public synchronized void clear() {
    injections = List.of();
    luck = new Luck(seed);
    number = 0;
    drawn = false;
  }

  /** The wire that the faults are on; see {@link io.kuber.boot.KuberOptions#through}. */
  public Wire wire() {
    return new Disturbed();
  }

  synchronized Injection inject(Requests requests, When when, Fault fault) {
    if (injections.size() >= MAX_INJECTIONS) {
      throw new IllegalStateException(MAX_INJECTIONS + " rules are at work; remove some");
    }
    if (when.rate() < 1 && !drawn) {
      drawn = true;
      LOG.info("faults are drawn from seed {}, which replays them", seed);
    }
    Instant end =
        when.lasting().isZero() || loops == null
            ? null
            : loops.clock().instant().plus(when.lasting());
    Injection injection = new Injection(number++, requests, when, fault, luck, end);
    List<Injection> all = new ArrayList<>(injections);
    all.add(injection);
    injections = List.copyOf(all);
    return injection;
  }

  boolean isQuiet() {
    return injections.isEmpty();
  }

  /** What happens to this; empty when nothing does. */
  Optional<Fault> strike(Target target, Asked asked) {
    List<Injection> now = injections;
    if (now.isEmpty()) {
      return Optional.empty();
    }
    Instant time = started().clock().instant();
    Optional<Fault> struck =
        now.stream()
            .filter(injection -> injection.strikes(target, asked, time))
            .map(Injection::fault)
            .findFirst();
    struck.ifPresent(fault -> journal.accept(Words.of(fault, asked)));
    return struck;
  }

  /** Does something once the time has passed. */
  void later(Duration time, Runnable action) {
    timers().schedule(time, action);
  }

  private synchronized Loop timers() {
    if (timers == null) {
      timers = started().loop("faults");
    }
    return timers;
  }

  private synchronized void start(Loops given) {
    if (loops == null) {
      loops = given;
    }
  }

  private synchronized Loops started() {
    Loops known = loops;
    if (known == null) {
      throw new IllegalStateException("the cluster has not started");
    }
    return known;
  }

  static void checkNotNegative(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(time + " is negative");
    }
  }

  private final class Disturbed implements Wire {
    @Override
    public Handler around(Handler chain, Loops given) {
      start(given);
      return new FaultyHandler(Faults.this, chain);
    }

    @Override
    public Client around(Client client, String user, String program, Loops given) {
      start(given);
      return new FaultyClient(Faults.this, client, program, user);
    }

    @Override
    public Reviews around(Reviews network) {
      return network;
    }
  }
}

package io.kuber.testkit.server;

import io.kuber.boot.FurtherServer;
import io.kuber.client.Client;
import io.kuber.http.LocalServer;
import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.store.Image;
import io.kuber.store.Store;
import io.kuber.testkit.machine.SkewedLoops;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An API server that follows the one that leads: it shows what has reached it, and hands writes
 * over to the leader.
 *
 * <pre>{@code
 * Follower b = cluster.servers().follower("b");
 * b.cutOff();                       // reads with resourceVersion=0 show an old state, writes wait
 * KubernetesClient stale = Fabric8.client(b.server());
 * }</pre>
 *
 * <p>For any thread.
 */
public final class Follower {
  private final String name;
  private final Consumer<String> journal;
  private final Entropy entropy;
  private @Nullable SkewedLoops clock;
  private @Nullable FollowerStore store;
  private @Nullable Loop loop;
  private @Nullable FurtherServer server;

  /** Counts what was said about the connection: a change of weather ends with the next word. */
  private int weather;

  Follower(String name, Entropy entropy, Consumer<String> journal) {
    this.name = name;
    this.entropy = entropy;
    this.journal = journal;
  }

  /** Where it gets its view of the cluster. */
  final class Seat implements FurtherServer.Seat {
    @Override
    public Loops loops(Loops shared) {
      clock = new SkewedLoops(shared);
      loop = shared.loop("weather-" + name);
      return clock;
    }

    @Override
    public Store store(Store shared, Loops loops) {
      store = new FollowerStore(shared, loops, entropy);
      return store;
    }
  }

  void serve(FurtherServer started) {
    server = started;
  }

  /** What the test calls it. */
  public String name() {
    return name;
  }

  /** kuber's own client of this server, as the administrator. */
  public Client client() {
    return started(server).client();
  }

  /** The same for somebody who shows a certificate, which this server judges by its own clock. */
  public Client client(X509Certificate shown) {
    return started(server).known().client(shown);
  }

  /** Takes HTTP requests of this process, as the administrator's. */
  public LocalServer server() {
    return started(server).server();
  }

  /** All objects as this server sees them now. */
  public Image image() {
    return store().image();
  }

  /**
   * Nothing passes between this server and the others: it shows what it has, watches stay silent,
   * and whoever writes or wants the latest waits, until he is refused.
   */
  public synchronized void cutOff() {
    weather++;
    link(store().link().up(false), "is cut off");
  }

  /** It is connected again, and sees what it has missed. */
  public synchronized void rejoin() {
    weather++;
    link(store().link().up(true), "is connected again");
  }

  /** Each change reaches this server so much later than the leader has made it. */
  public void lag(Duration time) {
    lag(time, time);
  }

  /** Likewise, by a time that is drawn from the seed for each change. */
  public synchronized void lag(Duration least, Duration most) {
    String time = least.equals(most) ? text(least) : text(least) + " to " + text(most);
    link(store().link().slow(least, most.minus(least)), "lags by " + time);
  }

  /**
   * From now on it is connected and cut off in turn, for times that are drawn from the seed; until
   * {@link #cutOff}, {@link #rejoin}, or the cluster is set back.
   *
   * @param connected at most so long, and at least half of it
   * @param apart likewise
   */
  public synchronized void waver(Duration connected, Duration apart) {
    turn(++weather, true, connected, apart);
  }

  private synchronized void turn(int begun, boolean isUp, Duration connected, Duration apart) {
    if (begun != weather) {
      return;
    }
    if (store().link().isUp() != isUp) {
      link(store().link().up(isUp), isUp ? "is connected again" : "is cut off");
    }
    Duration half = (isUp ? connected : apart).dividedBy(2);
    started(loop)
        .schedule(half.plus(Link.share(half, entropy)), () -> turn(begun, !isUp, connected, apart));
  }

  /** The clock of this server goes ahead by so much, or behind where it is negative. */
  public void skew(Duration by) {
    journal.accept("the clock of server " + name + " is " + started(clock).skew(by));
  }

  /**
   * How long requests wait that cannot be answered, before they are refused: ten seconds, as those
   * of real servers do, unless a test on the real clock has less time.
   */
  public void patience(Duration time) {
    store().patience(time);
  }

  /** Whether there is a leader to be followed. */
  void leads(boolean isThere) {
    store().leads(isThere);
  }

  /** Everything is as on the first day. */
  synchronized void mend() {
    weather++;
    started(clock).mend();
    store().mend();
  }

  private void link(Link link, String what) {
    journal.accept("server " + name + " " + what);
    store().link(link);
  }

  private static String text(Duration time) {
    return time.toMillis() / 1e3 + " s";
  }

  private FollowerStore store() {
    return started(store);
  }

  private static <T> T started(@Nullable T part) {
    return Objects.requireNonNull(part, "the server has not started");
  }
}

package io.kuber.testkit.server;

import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.store.Command;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The store as a server sees it that follows another one: what has reached it of the changes, and
 * writes that go to the leader and are answered once they have come back. For any thread.
 *
 * <p>The monitor orders what arrives and who listens. Listeners are told in it, as those of the
 * leader are in the leader's; waiters are told on the loop, since they may write.
 */
final class FollowerStore implements Store {
  private final Store leader;
  private final Loop loop;
  private final Backlog backlog;
  private final Waiters waiters;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Listener feed = new Feed();
  private volatile Image image;
  private Link link = Link.GOOD;
  private boolean leads = true;

  /**
   * A server that has seen everything so far.
   *
   * @param entropy decides how long changes take whose time is drawn
   */
  FollowerStore(Store leader, Loops loops, Entropy entropy) {
    this.leader = leader;
    InstantSource clock = loops.clock();
    this.loop = loops.loop("follower");
    this.backlog = new Backlog(clock, entropy);
    this.waiters = new Waiters(loop);
    synchronized (this) {
      this.image = leader.subscribe(feed);
    }
  }

  private final class Feed implements Listener {
    @Override
    public void changed(Delta delta, Image after) {
      receive(new Arrival.Change(delta, after));
    }

    @Override
    public void replaced(Image snapshot) {
      receive(new Arrival.Snapshot(snapshot));
    }
  }

  private synchronized void receive(Arrival arrival) {
    backlog.add(arrival, link);
    deliver();
  }

  /** Shows what is due, and comes back for what is not. */
  private synchronized void deliver() {
    while (link.isUp() && backlog.isDue()) {
      show(backlog.remove());
    }
    if (link.isUp()) {
      backlog.untilDue().ifPresent(time -> loop.schedule(time, this::deliver));
    }
  }

  private void show(Arrival arrival) {
    image = arrival.image();
    listeners.forEach(arrival::tell);
    waiters.reached(image);
  }

  /** The connection is another one from now on; what is on its way already keeps its time. */
  synchronized void link(Link other) {
    link = other;
    deliver();
    release();
  }

  synchronized Link link() {
    return link;
  }

  /** Whether there is a leader at all. */
  synchronized void leads(boolean isThere) {
    leads = isThere;
    release();
  }

  /** Requests that cannot be answered are refused after so long. */
  void patience(Duration time) {
    waiters.patience(time);
  }

  /** Everything is as on the first day: what was held back is shown at once. */
  synchronized void mend() {
    backlog.hurry();
    leads = true;
    waiters.patience(Waiters.PATIENCE);
    link(Link.GOOD);
  }

  private void release() {
    if (isHeard()) {
      waiters.connected();
    }
  }

  /** Whether the one that leads can be asked; the leader is never asked in the monitor. */
  private boolean isHeard() {
    return link.isUp() && leads;
  }

  @Override
  public CompletionStage<Outcome> submit(Command command) {
    return heard()
        .thenCompose(unused -> leader.submit(command))
        .thenCompose(
            outcome -> seen(leader.image().revision(), true).thenApply(reached -> outcome));
  }

  @Override
  public CompletionStage<Image> latest() {
    return heard().thenCompose(unused -> seen(leader.image().revision(), false));
  }

  private synchronized CompletionStage<Void> heard() {
    return waiters.untilConnected(isHeard());
  }

  private synchronized CompletionStage<Image> seen(long revision, boolean hasWritten) {
    return waiters.until(revision, image, hasWritten);
  }

  @Override
  public Image image() {
    return image;
  }

  @Override
  public synchronized Image subscribe(Listener listener) {
    listeners.add(listener);
    return image;
  }

  @Override
  public void unsubscribe(Listener listener) {
    listeners.remove(listener);
  }

  @Override
  public void close() {
    leader.unsubscribe(feed);
  }
}

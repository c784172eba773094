package io.kuber.raft;

import com.google.common.base.Throwables;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.raft.log.LogState;
import io.kuber.raft.log.StoreDirectory;
import io.kuber.store.AppliedState;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import io.kuber.store.StoreException;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that survives its process and its machine: a command is acknowledged once a majority of
 * the members has synced it to the disk, and it is applied here. A server without peers is a
 * majority.
 */
public final class RaftStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(RaftStore.class);

  private final StoreDirectory directory;
  private final AppliedState state = new AppliedState(TreeImage.EMPTY);
  private final FaultHandler faults;
  private final Duration readyWithin;
  private final AtomicBoolean faulted = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final RatisLog log;
  private final Sequencer sequencer;
  private final LeadershipFeed leadership;
  private final Members members;
  private final Patrol patrol;
  private final Readiness readiness;
  private final Space space;
  private final CompletionStage<Void> ready;

  /** Puts the parts together; the order is that in which they need each other. */
  private RaftStore(RaftConfig config, Loops loops, Opening opening) throws IOException {
    this.directory = opening.directory();
    this.faults = config.faults();
    this.readyWithin = config.readyWithin();
    this.space = opening.space();
    Snapshots snapshots =
        new Snapshots(
            directory.unfinishedSnapshot(),
            opening.snapshot(),
            config.snapshotAfterBytes(),
            config.sealing(),
            loops.loop("store-snapshots"));
    ReplicatedMachine machine =
        new ReplicatedMachine(new LogState(state), snapshots, config.sealing(), space, this::fail);
    this.log = new RatisLog(config, opening, machine, loops.loop("store-closing"));
    snapshots.onFinished(this::shorten);

    Loop sequencing = loops.loop("store-sequencer");
    long session = loops.entropy().uuid().getMostSignificantBits();
    Courier courier = new Courier(log, session, config.sealing(), sequencing, this::situation);
    Loop replies = loops.loop("store-replies");
    this.sequencer =
        new Sequencer(
            state::image, log::isAlone, this::situation, sequencing, replies, session, courier);
    this.leadership = new LeadershipFeed(loops.loop("store-leadership"), log::isLeading);
    machine.serve(new StoreAudience(log, courier, sequencer, leadership, sequencing, this::fail));

    Loop asking = loops.loop("store-members");
    Changes changes = new Changes(log, asking, this::situation);
    Presence presence = new Presence(log, changes, opening.self(), asking, loops.clock());
    this.members = new Members(opening, log, changes, presence);
    this.patrol =
        new Patrol(
            loops.loop("store-patrol"),
            space,
            log,
            presence,
            leadership,
            state::image,
            this::fail,
            config.compareEvery());
    this.readiness = new Readiness(log, sequencer::latest, sequencing);
    this.ready = readiness.ready().thenRun(this::becomeReady);
  }

  /**
   * Opens the store in a directory and waits until it has applied its log. Loops are made from
   * {@code loops}, which must be of threads and outlive the store.
   *
   * @throws StoreException when the directory is in use or its content cannot be used; the message
   *     says what to do
   */
  public static RaftStore open(RaftConfig config, Loops loops) {
    RaftStore store = start(config, loops);
    store.awaitReady();
    return store;
  }

  /**
   * Opens the store without waiting: see {@link #ready}. For a server that joins a cluster, which
   * has to be running before it can be added, and for one that wants to answer while its peers are
   * still away.
   *
   * @throws StoreException as {@link #open}
   */
  public static RaftStore start(RaftConfig config, Loops loops) {
    return start(config, loops, Opening.of(config, loops.entropy()));
  }

  /** The same with a directory that was looked through already; it is given back on failure. */
  static RaftStore start(RaftConfig config, Loops loops, Opening opening) {
    try {
      RaftStore store = new RaftStore(config, loops, opening);
      store.begin();
      return store;
    } catch (IOException | RuntimeException e) {
      opening.abandon();
      throw Opening.failure(config, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Writes an image into a directory without a log, as the first entries of a cluster of its own,
   * and closes it again. The image keeps its revision, which should be far above all that anybody
   * has seen of the past that it comes from ({@link TreeImage#at}).
   *
   * @throws StoreException when the directory holds something already, or cannot be written
   */
  public static void seed(RaftConfig config, Loops loops, TreeImage image) {
    Seeding.seed(config, loops, image);
  }

  private void begin() throws IOException {
    try {
      log.start();
      directory.markMade(log.isJoining());
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
    sequencer.start();
    readiness.await();
  }

  /** Completes once all that was acknowledged before it was opened is in this server's image. */
  public CompletionStage<Void> ready() {
    return ready;
  }

  private void becomeReady() {
    try {
      directory.markReady();
    } catch (IOException e) {
      throw new StoreException("cannot write to " + directory + ": " + e.getMessage(), false, e);
    }
    LOG.info("opened {} at revision {}", directory, state.image().revision());
    patrol.start();
    members.introduce();
  }

  private void awaitReady() {
    try {
      ready.toCompletableFuture().get(readyWithin.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw notOpened("the log was not ready within " + readyWithin + ": " + situation(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notOpened("interrupted", e);
    } catch (ExecutionException e) {
      throw notOpened(String.valueOf(Throwables.getRootCause(e).getMessage()), e);
    }
  }

  private StoreException notOpened(String why, Exception cause) {
    close();
    return new StoreException("cannot open the store in " + directory + ": " + why, false, cause);
  }

  private void shorten() {
    if (!closed.get()) {
      log.admin().shorten();
    }
  }

  /** Why nobody takes writes, in words. */
  private String situation() {
    return space.refusal(true).orElseGet(() -> members.quorum().text());
  }

  private void fail(String message, Throwable cause) {
    if (!closed.get() && faulted.compareAndSet(false, true)) {
      LOG.error("{} in {}; the store stops", message, directory, cause);
      sequencer.stop(message);
      leadership.end();
      faults.fatal(message, cause);
    }
  }

  /** The servers of the cluster. */
  public Members members() {
    return members;
  }

  /** Tells {@code listener} from now on whether this server leads. */
  public void leadership(Leadership listener) {
    leadership.add(listener);
  }

  @Override
  public CompletionStage<Outcome> submit(Command command) {
    return unlessFull(() -> sequencer.submit(command));
  }

  @Override
  public Image image() {
    return state.image();
  }

  @Override
  public CompletionStage<Image> latest() {
    return log.isAlone() ? sequencer.latest() : unlessFull(sequencer::latest);
  }

  /** Without space this server would not learn what becomes of what it sends to the leader. */
  private <T> CompletionStage<T> unlessFull(Supplier<CompletionStage<T>> work) {
    return space
        .refusal(true)
        .<CompletionStage<T>>map(
            text -> CompletableFuture.failedFuture(new StoreException(text, false)))
        .orElseGet(work);
  }

  @Override
  public Image subscribe(Listener listener) {
    return state.subscribe(listener);
  }

  @Override
  public void unsubscribe(Listener listener) {
    state.unsubscribe(listener);
  }

  /** What this server has applied, for whoever writes it down or puts it out of order in a test. */
  AppliedState state() {
    return state;
  }

  /** The log, for whoever writes an image into it. */
  RatisLog log() {
    return log;
  }

  /** Hands leadership over, if there is somebody, and stops. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    patrol.end();
    if (!faulted.get()) {
      members.handOver();
    }
    leadership.end();
    sequencer.stop("the store is closed");
    log.close();
    try {
      directory.close();
    } catch (IOException e) {
      LOG.warn("could not release {}", directory, e);
    }
  }

  /**
   * Lets another server lead, where this one does and there is one that can; does nothing
   * otherwise. For a server that is about to stop: what it still does is then no longer waited for.
   */
  public void handOver() {
    members.handOver();
  }
}

package io.kuber.raft;

import com.google.common.base.Throwables;
import io.kuber.loop.Loops;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that survives its process and its machine: a command is acknowledged once it is synced to
 * the disk and applied.
 */
public final class RaftStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(RaftStore.class);

  private final StoreDirectory directory;
  private final AppliedState state = new AppliedState(TreeImage.EMPTY);
  private final FaultHandler faults;
  private final AtomicBoolean faulted = new AtomicBoolean();
  private final RatisLog log;
  private final Sequencer sequencer;
  private final Members members;
  private final Duration readyWithin;

  private RaftStore(RaftConfig config, Loops loops, StoreDirectory directory) throws IOException {
    this.directory = directory;
    this.faults = config.faults();
    this.log = new RatisLog(config, loops, directory, state, this::fail);
    long session = loops.entropy().uuid().getMostSignificantBits();
    this.sequencer =
        new Sequencer(
            state,
            directory,
            loops.loop("store-sequencer"),
            loops.loop("store-replies"),
            session,
            this::append);
    this.members = new Members(self(config, directory), directory.group());
    this.readyWithin = config.readyWithin();
  }

  private static Member self(RaftConfig config, StoreDirectory directory) {
    Peering peering = config.peering();
    return peering == null
        ? new Member(directory.peer(), directory.peer(), "", "")
        : new Member(
            directory.peer(), peering.name(), peering.peerAddress(), peering.clientAddress());
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
    try {
      StoreDirectory directory = StoreDirectory.open(config.directory(), loops.entropy());
      try {
        TornTail.repair(directory.segments());
        RaftStore store = new RaftStore(config, loops, directory);
        store.begin();
        return store;
      } catch (IOException | RuntimeException e) {
        directory.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(
          "cannot open the store in " + config.directory() + ": " + e.getMessage(), false, e);
    }
  }

  /**
   * Writes an image into a directory without a log, as the first entries of a cluster of its own,
   * and closes it again. The image keeps its revision, which should be far above all that anybody
   * has seen of the past that it comes from ({@link TreeImage#at}).
   *
   * @throws StoreException when the directory holds a log already, or cannot be written
   */
  public static void seed(RaftConfig config, Loops loops, TreeImage image) {
    try (RaftStore store = open(config, loops)) {
      if (store.image().revision() > 0 || image.size() > 0) {
        throw new StoreException("cannot seed " + config.directory(), false);
      }
    }
  }

  private void begin() throws IOException {
    try {
      log.start(sequencer);
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  /** Completes once all that was acknowledged before it was opened is in this server's image. */
  public CompletionStage<Void> ready() {
    return log.ready().thenRun(this::isReady);
  }

  private void isReady() {
    try {
      directory.markReady();
    } catch (IOException e) {
      throw new StoreException("cannot write to " + directory + ": " + e.getMessage(), false, e);
    }
    LOG.info("opened {} at revision {}", directory, state.image().revision());
  }

  private void awaitReady() {
    try {
      ready().toCompletableFuture().get(readyWithin.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      close();
      throw notOpen(
          "the log was not ready within "
              + readyWithin
              + "; a closed segment or a snapshot may be missing",
          e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw notOpen("interrupted while opening", e);
    } catch (ExecutionException e) {
      close();
      throw notOpen(String.valueOf(Throwables.getRootCause(e).getMessage()), e);
    }
  }

  private StoreException notOpen(String why, Exception cause) {
    return new StoreException("cannot open the store in " + directory + ": " + why, false, cause);
  }

  /** The servers of the cluster. */
  public Members members() {
    return members;
  }

  /** Tells {@code listener} from now on whether this server leads. */
  public void leadership(Leadership listener) {
    ready().thenRun(() -> listener.changed(true));
  }

  private void append(Batch batch) {
    log.append(batch)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                sequencer.failed(batch.id(), RatisLog.reason(failure));
              }
            });
  }

  private void fail(String message, Throwable cause) {
    if (faulted.compareAndSet(false, true)) {
      LOG.error("{} in {}; the store stops", message, directory, cause);
      sequencer.stop(message);
      faults.fatal(message, cause);
    }
  }

  @Override
  public CompletionStage<Outcome> submit(Command command) {
    return sequencer.submit(command);
  }

  @Override
  public Image image() {
    return state.image();
  }

  /** A single peer has applied whatever was acknowledged anywhere. */
  @Override
  public CompletionStage<Image> latest() {
    return CompletableFuture.completedFuture(state.image());
  }

  @Override
  public Image subscribe(Listener listener) {
    return state.subscribe(listener);
  }

  @Override
  public void unsubscribe(Listener listener) {
    state.unsubscribe(listener);
  }

  @Override
  public void close() {
    sequencer.stop("the store is closed");
    log.close();
    try {
      directory.close();
    } catch (IOException e) {
      LOG.warn("could not release {}", directory, e);
    }
  }
}

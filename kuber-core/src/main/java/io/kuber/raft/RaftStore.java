package io.kuber.raft;

import io.kuber.loop.Loops;
import io.kuber.store.AppliedState;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import io.kuber.store.StoreException;
import io.kuber.store.TreeImage;
import java.io.IOException;
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
  }

  /**
   * Opens the store in a directory and waits until it has applied its log. Loops are made from
   * {@code loops}, which must be of threads and outlive the store.
   *
   * @throws StoreException when the directory is in use or its content cannot be used; the message
   *     says what to do
   */
  public static RaftStore open(RaftConfig config, Loops loops) {
    try {
      StoreDirectory directory = StoreDirectory.open(config.directory(), loops.entropy());
      try {
        TornTail.repair(directory.segments());
        RaftStore store = new RaftStore(config, loops, directory);
        store.begin(config);
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

  private void begin(RaftConfig config) throws IOException {
    try {
      log.start(sequencer);
      log.ready().get(config.readyWithin().toMillis(), TimeUnit.MILLISECONDS);
      directory.markReady();
      LOG.info("opened {} at revision {}", directory, state.image().revision());
    } catch (TimeoutException e) {
      log.close();
      throw new IOException(
          "the log was not ready within "
              + config.readyWithin()
              + "; a closed segment or a snapshot may be missing in "
              + directory,
          e);
    } catch (InterruptedException e) {
      log.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while opening", e);
    } catch (ExecutionException | IOException e) {
      log.close();
      throw new IOException(e.getMessage(), e);
    }
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

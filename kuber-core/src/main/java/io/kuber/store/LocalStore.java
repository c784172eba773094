package io.kuber.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A store in memory: commands are applied on the caller's thread, one at a time, and every stage is
 * complete when it is returned. For tests, simulations and embedded clusters that need not survive
 * their process.
 */
public final class LocalStore implements Store {
  private final AppliedState state;
  private volatile boolean closed;

  /** An empty store. */
  public LocalStore() {
    this(TreeImage.EMPTY);
  }

  /** A store that goes on from an image. */
  public LocalStore(TreeImage image) {
    this(new AppliedState(image));
  }

  /** A store of a state that others may move on, as a snapshot from elsewhere does. */
  public LocalStore(AppliedState state) {
    this.state = state;
  }

  @Override
  public CompletionStage<Outcome> submit(Command command) {
    return closed
        ? CompletableFuture.failedFuture(new StoreException("the store is closed", false))
        : CompletableFuture.completedFuture(state.apply(command));
  }

  @Override
  public TreeImage image() {
    return state.image();
  }

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

  /** See {@link AppliedState#continueWith}. */
  public void continueWith(TreeImage objects) {
    state.continueWith(objects);
  }

  @Override
  public void close() {
    closed = true;
  }
}

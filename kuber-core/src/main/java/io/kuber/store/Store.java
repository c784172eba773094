package io.kuber.store;

import java.util.concurrent.CompletionStage;

/**
 * The store: {@link LocalStore} in memory, or the replicated one. All methods may be called from
 * any thread.
 */
public interface Store extends AutoCloseable {
  /**
   * Hands over a command. The stage completes once the command is durable and applied to {@link
   * #image()}; it fails with {@link StoreException} when the store cannot take it (overloaded,
   * closed, no quorum), and then {@link StoreException#outcomeUnknown()} says whether the command
   * may have taken effect all the same.
   */
  CompletionStage<Outcome> submit(Command command);

  /** The newest image that this process has applied. */
  Image image();

  /**
   * An image that contains every write acknowledged anywhere before this call (a linearizable
   * read).
   */
  CompletionStage<Image> latest();

  /**
   * Calls {@code listener} for every change applied from now on, in order, on the applying thread:
   * it must be quick and must not throw. The image handed over is the one right after the change.
   * Returns the image from which the changes go on, without a gap.
   */
  Image subscribe(Listener listener);

  /** Ends a subscription. */
  void unsubscribe(Listener listener);

  /** Stops the store; pending commands fail. */
  @Override
  void close();

  /** Receives the changes of the store. */
  @FunctionalInterface
  interface Listener {
    /** A change and the image right after it. */
    void changed(Delta delta, Image image);

    /** The store went on from a snapshot: nobody tells what changed until then. */
    default void replaced(Image image) {}
  }
}

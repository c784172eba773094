package io.kuber.http;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that a client sent and that nobody has read yet; while they are more than {@link
 * HttpLimits#UNREAD_BYTES}, nothing more is taken from the client.
 *
 * <p>Bytes come on the event loop and are read on another thread. Counting and holding up are one
 * step under the lock: apart, a reader that empties everything in between lets go of a client that
 * is held up a moment later, for ever.
 */
public final class UnreadBytes {
  private long count;
  private @Nullable Consumer<Boolean> held;

  /**
   * Counts bytes that came.
   *
   * @param reading holds the client up with false, and lets go with true, whereupon bytes may come
   *     before it returns; called under the lock of this, so it must not wait
   */
  public synchronized void came(int bytes, Consumer<Boolean> reading) {
    count += bytes;
    if (held == null && count > HttpLimits.UNREAD_BYTES) {
      held = reading;
      reading.accept(false);
    }
  }

  /** Counts bytes that were read, or dropped. */
  public synchronized void taken(int bytes) {
    count -= bytes;
    Consumer<Boolean> reading = held;
    if (reading != null && count <= HttpLimits.UNREAD_BYTES / 2) {
      held = null;
      reading.accept(true);
    }
  }
}

package io.kuber.http;

/** Hears what comes over a {@link RawConnection}; on the event loop, where it must not block. */
public interface RawListener {
  /** Bytes in the order in which the client sent them; the array is the listener's. */
  void onBytes(RawConnection connection, byte[] bytes);

  /** Nothing will come any more. */
  void onClose();
}

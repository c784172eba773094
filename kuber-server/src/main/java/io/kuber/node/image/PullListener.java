package io.kuber.node.image;

/** Hears now and then how far a pull is, on the threads on which layers come. */
@FunctionalInterface
public interface PullListener {
  /** Nobody listens. */
  PullListener NONE = (bytes, total) -> {};

  /** So many bytes are here of those that the image has, packed. */
  void coming(long bytes, long total);
}

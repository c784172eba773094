package io.kuber.load.store;

import java.util.concurrent.CompletionStage;

/**
 * A store as the load sees it. Each key is used by one {@link Lane} at a time, so that nothing is
 * ever in conflict.
 */
interface StoreUnderLoad extends AutoCloseable {
  /** Writes an object that was not there; done once it is durable. */
  CompletionStage<?> create(int key, byte[] value);

  /** Overwrites an object that {@link #create} made; done once it is durable. */
  CompletionStage<?> update(int key, byte[] value);

  /** A linearizable read of one object. */
  CompletionStage<?> read(int key);

  @Override
  void close();
}

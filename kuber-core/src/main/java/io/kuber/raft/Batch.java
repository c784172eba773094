package io.kuber.raft;

import io.kuber.raft.log.LogEntry;
import io.kuber.raft.log.OperationId;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Outcome;
import io.kuber.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What goes into the log as one entry: commands, and readers who want the image at that place.
 *
 * @param floor the oldest batch that was under way when this one was packed
 */
record Batch(
    OperationId id, long floor, List<Operation> operations, List<Reader> readers, int bytes) {
  /**
   * A command and whoever waits for its outcome.
   *
   * @param arrived the tick at which it came
   */
  record Operation(Command command, CompletableFuture<Outcome> reply, long arrived) {}

  /** Whoever waits for an image that is the latest. */
  record Reader(CompletableFuture<Image> reply, long arrived) {}

  boolean isEmpty() {
    return operations.isEmpty() && readers.isEmpty();
  }

  /** Whether it changes nothing and only marks a place in the log. */
  boolean isBarrier() {
    return operations.isEmpty();
  }

  /** The commands alone. */
  Batch withoutReaders() {
    return new Batch(id, floor, operations, List.of(), bytes);
  }

  LogEntry.Commands entry() {
    return new LogEntry.Commands(id, floor, operations.stream().map(Operation::command).toList());
  }

  void complete(List<Outcome> outcomes, Image image) {
    for (int i = 0; i < outcomes.size(); i++) {
      operations.get(i).reply().complete(outcomes.get(i));
    }
    readers.forEach(reader -> reader.reply().complete(image));
  }

  void fail(StoreException reason) {
    operations.forEach(operation -> operation.reply().completeExceptionally(reason));
    StoreException ofReaders = reason.ofReader();
    readers.forEach(reader -> reader.reply().completeExceptionally(ofReaders));
  }
}

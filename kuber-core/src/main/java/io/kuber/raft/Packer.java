package io.kuber.raft;

import io.kuber.raft.Batch.Operation;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of the intake what may go into the log now. A command that is stale for certain gets
 * its conflict here and never sees the log. A command on an object that is being written waits for
 * that write, so that its conflict names the new state.
 *
 * <p>All fields belong to the sequencer's loop.
 */
final class Packer {
  private static final int MAX_OPERATIONS = 512;
  private static final int MAX_BYTES = 512 << 10;

  private final Intake intake;
  private final Supplier<Image> image;
  private final BooleanSupplier alone;
  private final BiConsumer<Operation, Outcome.Conflict> stale;
  private final Map<Key, Deque<Operation>> busyKeys = new HashMap<>();
  private final Deque<Operation> released = new ArrayDeque<>();
  private boolean patienceIsOver;

  /**
   * Takes from an intake.
   *
   * @param image the newest image here
   * @param alone whether that image has all that was ever acknowledged
   * @param stale told of commands that are in conflict with it
   */
  Packer(
      Intake intake,
      Supplier<Image> image,
      BooleanSupplier alone,
      BiConsumer<Operation, Outcome.Conflict> stale) {
    this.intake = intake;
    this.image = image;
    this.alone = alone;
    this.stale = stale;
  }

  /** What goes into one batch, and about how many bytes that is. */
  record Pack(List<Operation> operations, int bytes) {}

  /** What may go now; empty when nothing waits, or all that waits does so for a write. */
  Pack next() {
    List<Operation> operations = new ArrayList<>();
    int bytes = 0;
    while (operations.size() < MAX_OPERATIONS && bytes < MAX_BYTES) {
      Operation operation = poll(!operations.isEmpty());
      if (operation == null) {
        break;
      }
      if (isForTheLog(operation)) {
        operations.add(operation);
        bytes += Intake.size(operation.command());
      }
    }
    return new Pack(operations, bytes);
  }

  private @Nullable Operation poll(boolean company) {
    Operation operation = released.isEmpty() ? intake.pollHurried() : released.poll();
    if (operation == null && (company || patienceIsOver)) {
      operation = intake.pollPatient();
      patienceIsOver &= intake.hasPatient();
    }
    return operation;
  }

  /** Whether the operation may go into the log now; otherwise it was answered or put aside. */
  private boolean isForTheLog(Operation operation) {
    Key key = operation.command().key();
    Deque<Operation> queue = busyKeys.get(key);
    if (queue != null) {
      queue.add(operation);
      return false;
    }
    Optional<Outcome.Conflict> conflict =
        Certainty.conflict(image.get(), operation.command(), alone.getAsBoolean());
    if (conflict.isPresent()) {
      stale.accept(operation, conflict.get());
      return false;
    }
    busyKeys.put(key, new ArrayDeque<>());
    return true;
  }

  /** What has waited for company goes without. */
  void endPatience() {
    patienceIsOver = true;
  }

  /** The writes of a batch are over; what has waited for them may go. */
  void release(Batch batch) {
    for (Operation operation : batch.operations()) {
      Deque<Operation> queue = busyKeys.remove(operation.command().key());
      if (queue != null) {
        released.addAll(queue);
      }
    }
  }

  /** Takes out what came before {@code tick} and may go, but did not. */
  void takeOlder(long tick, Consumer<Operation> older) {
    while (!released.isEmpty() && released.peek().arrived() < tick) {
      older.accept(released.remove());
    }
  }
}

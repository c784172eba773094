package io.kuber.raft;

import io.kuber.raft.Batch.Operation;
import io.kuber.raft.Batch.Reader;
import io.kuber.store.Command;
import io.kuber.store.CommandCodec;
import io.kuber.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Commands and readers that have come in, bounded in number and bytes. Any thread adds; the
 * sequencer's loop takes out.
 */
final class Intake {
  /** The largest value of one command; its entry has to fit into the log. */
  static final int MAX_VALUE_BYTES = 6 << 20;

  /** Commands, and readers, that wait or are under way; more are refused. */
  static final int MAX_WAITING = 16_384;

  /** Bytes of commands that wait or are under way; more are refused. */
  static final long MAX_WAITING_BYTES = 64L << 20;

  /** What a command takes beside its value, about. */
  private static final int FRAME_BYTES = 100;

  private final Queue<Operation> hurried = new ConcurrentLinkedQueue<>();
  private final Queue<Operation> patient = new ConcurrentLinkedQueue<>();
  private final Queue<Reader> readers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingReaders = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();

  static int size(Command command) {
    return CommandCodec.size(command) + FRAME_BYTES;
  }

  /** Takes a command in, unless that is refused; then says why. */
  @Nullable StoreException offer(Operation operation) {
    Command command = operation.command();
    int size = size(command);
    if (size > MAX_VALUE_BYTES + FRAME_BYTES) {
      return new StoreException(
          command.key()
              + " has "
              + (size - FRAME_BYTES)
              + " bytes, the limit is "
              + MAX_VALUE_BYTES,
          false);
    }
    int number = waiting.incrementAndGet();
    long bytes = waitingBytes.addAndGet(size);
    if (number > MAX_WAITING || bytes > MAX_WAITING_BYTES) {
      leave(command);
      return StoreException.overloaded("too many writes wait already; try again later");
    }
    (Patience.has(command.key()) ? patient : hurried).add(operation);
    return null;
  }

  /** Takes a reader in, unless that is refused; then says why. */
  @Nullable StoreException offer(Reader reader) {
    if (waitingReaders.incrementAndGet() > MAX_WAITING) {
      waitingReaders.decrementAndGet();
      return StoreException.overloaded("too many readers wait already; try again later");
    }
    readers.add(reader);
    return null;
  }

  @Nullable Operation pollHurried() {
    return hurried.poll();
  }

  @Nullable Operation pollPatient() {
    return patient.poll();
  }

  boolean hasPatient() {
    return !patient.isEmpty();
  }

  /** All readers that wait now. */
  List<Reader> takeReaders() {
    List<Reader> taken = new ArrayList<>();
    for (Reader reader = readers.poll(); reader != null; reader = readers.poll()) {
      taken.add(reader);
    }
    return taken;
  }

  /** Takes out what came before {@code tick} and was not taken yet. */
  void takeOlder(long tick, Consumer<Operation> operations, Consumer<Reader> olderReaders) {
    takeOlder(hurried, tick, operations);
    takeOlder(patient, tick, operations);
    for (Reader first = readers.peek(); first != null; first = readers.peek()) {
      if (first.arrived() >= tick || !readers.remove(first)) {
        return;
      }
      olderReaders.accept(first);
    }
  }

  private static void takeOlder(Queue<Operation> queue, long tick, Consumer<Operation> operations) {
    for (Operation first = queue.peek(); first != null; first = queue.peek()) {
      if (first.arrived() >= tick || !queue.remove(first)) {
        return;
      }
      operations.accept(first);
    }
  }

  /** A command that was refused or answered makes room for another. */
  void leave(Command command) {
    waiting.decrementAndGet();
    waitingBytes.addAndGet(-size(command));
  }

  /** Readers that were answered make room for others. */
  void leave(int answeredReaders) {
    waitingReaders.addAndGet(-answeredReaders);
  }
}

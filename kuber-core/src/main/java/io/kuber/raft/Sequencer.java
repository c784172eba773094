package io.kuber.raft;

import io.kuber.loop.Loop;
import io.kuber.raft.Batch.Operation;
import io.kuber.store.AppliedState;
import io.kuber.store.Command;
import io.kuber.store.CommandCodec;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import io.kuber.store.StoreException;
import io.kuber.store.Stored;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings commands into an order and packs those that wait into one log entry, which is what makes
 * many small writes cheap.
 *
 * <p>A command that is stale already gets its conflict here and never sees the log. A command on an
 * object that is being written waits for that write, so that its conflict names the new state.
 *
 * <p>All fields below the queue belong to the sequencer's loop. Outcomes come from the applier
 * thread and are handed to callers on a loop of their own, so that a slow caller holds up neither.
 */
final class Sequencer {
  /** Operations that wait or are under way; more are refused. */
  static final int MAX_WAITING = 16_384;

  /** The largest value of one command; its entry has to fit into the log. */
  static final int MAX_VALUE_BYTES = 6 << 20;

  private static final int MAX_BATCH_OPERATIONS = 512;
  private static final int MAX_BATCH_BYTES = 512 << 10;
  private static final int MAX_ENTRIES_UNDER_WAY = 4;

  /** Entries between two looks at the free space of the disk. */
  private static final int ENTRIES_PER_SPACE_CHECK = 64;

  private final AppliedState state;
  private final StoreDirectory directory;
  private final Loop loop;
  private final Loop replies;
  private final long session;
  private final Consumer<Batch> log;

  private final Queue<Operation> arriving = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Map<Long, Batch> underWay = new ConcurrentHashMap<>();
  private volatile @Nullable StoreException refusal;

  private final Map<Key, Deque<Operation>> busyKeys = new HashMap<>();
  private final Deque<Operation> released = new ArrayDeque<>();
  private int entriesUnderWay;
  private long entries;
  private boolean nearlyFull;

  Sequencer(
      AppliedState state,
      StoreDirectory directory,
      Loop loop,
      Loop replies,
      long session,
      Consumer<Batch> log) {
    this.state = state;
    this.directory = directory;
    this.loop = loop;
    this.replies = replies;
    this.session = session;
    this.log = log;
  }

  CompletionStage<Outcome> submit(Command command) {
    Operation operation = new Operation(command);
    StoreException refused = refusal;
    int size = CommandCodec.value(command).length;
    if (refused == null && size > MAX_VALUE_BYTES) {
      refused =
          new StoreException(
              command.key() + " has " + size + " bytes, the limit is " + MAX_VALUE_BYTES, false);
    }
    if (refused == null && waiting.get() >= MAX_WAITING) {
      refused = StoreException.overloaded("too many writes wait already; try again later");
    }
    if (refused != null) {
      operation.reply().completeExceptionally(refused);
      return operation.reply();
    }
    waiting.incrementAndGet();
    arriving.add(operation);
    schedule();
    return operation.reply();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            scheduled.set(false);
            pack();
          });
    }
  }

  private void pack() {
    while (entriesUnderWay < MAX_ENTRIES_UNDER_WAY) {
      Batch batch = nextBatch();
      if (batch.operations().isEmpty()) {
        return;
      }
      entriesUnderWay++;
      underWay.put(batch.id().number(), batch);
      StoreException refused = refusal;
      if (refused == null) {
        log.accept(batch);
      } else {
        failed(batch.id(), refused);
      }
    }
  }

  private Batch nextBatch() {
    List<Operation> operations = new ArrayList<>();
    int bytes = 0;
    while (operations.size() < MAX_BATCH_OPERATIONS && bytes < MAX_BATCH_BYTES) {
      Operation operation = released.isEmpty() ? arriving.poll() : released.poll();
      if (operation == null) {
        break;
      }
      if (isForTheLog(operation)) {
        operations.add(operation);
        bytes += size(operation);
      }
    }
    return new Batch(new LogEntry.OperationId(session, entries++), operations, bytes);
  }

  private static int size(Operation operation) {
    return CommandCodec.value(operation.command()).length + 100;
  }

  /** Whether the operation may go into the log now; otherwise it was answered or put aside. */
  private boolean isForTheLog(Operation operation) {
    Key key = operation.command().key();
    Deque<Operation> queue = busyKeys.get(key);
    if (queue != null) {
      queue.add(operation);
      return false;
    }
    Stored current = state.image().get(key);
    long revision = current == null ? Command.ABSENT : current.revision();
    if (revision != operation.command().expected()) {
      answer(() -> operation.reply().complete(new Outcome.Conflict(current)), 1);
      return false;
    }
    if (lacksSpace()) {
      String text = "the disk of " + directory + " is nearly full; free some space";
      answer(() -> operation.reply().completeExceptionally(new StoreException(text, false)), 1);
      return false;
    }
    busyKeys.put(key, new ArrayDeque<>());
    return true;
  }

  private boolean lacksSpace() {
    if (nearlyFull || entries % ENTRIES_PER_SPACE_CHECK == 0) {
      try {
        nearlyFull = directory.isNearlyFull();
      } catch (IOException e) {
        nearlyFull = false;
      }
    }
    return nearlyFull;
  }

  /** The batch of an operation of this session that is being applied, or null. */
  @Nullable Batch take(LogEntry.OperationId id) {
    return id.session() == session ? underWay.remove(id.number()) : null;
  }

  /** Called by the applier with what became of a batch. */
  void applied(Batch batch, List<Outcome> outcomes) {
    answer(() -> batch.complete(outcomes), batch.operations().size());
    loop.execute(() -> release(batch));
  }

  /** Called when the log did not take a batch, or will not say whether it did. */
  void failed(LogEntry.OperationId id, StoreException reason) {
    Batch batch = take(id);
    if (batch != null) {
      answer(() -> batch.fail(reason), batch.operations().size());
      loop.execute(() -> release(batch));
    }
  }

  private void release(Batch batch) {
    entriesUnderWay--;
    for (Operation operation : batch.operations()) {
      Deque<Operation> queue = busyKeys.remove(operation.command().key());
      if (queue != null) {
        released.addAll(queue);
      }
    }
    pack();
  }

  private void answer(Runnable reply, int operations) {
    waiting.addAndGet(-operations);
    replies.execute(reply);
  }

  /** Takes no more commands; what is under way has an unknown outcome, the rest none. */
  void stop(String message) {
    refusal = new StoreException(message, false);
    StoreException unknown = new StoreException(message, true);
    List.copyOf(underWay.values()).forEach(batch -> failed(batch.id(), unknown));
    schedule();
  }
}

package io.kuber.raft;

import io.kuber.loop.Loop;
import io.kuber.raft.Batch.Operation;
import io.kuber.raft.Batch.Reader;
import io.kuber.raft.log.OperationId;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Outcome;
import io.kuber.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings commands into an order and packs those that wait into one log entry, which is what makes
 * many small writes cheap.
 *
 * <p>Which of them may go is up to the {@link Packer}. Readers ride along: the image at the place
 * of their batch has all that was acknowledged before.
 *
 * <p>All fields below the intake belong to the sequencer's loop. Outcomes come from the applier
 * thread and are handed to callers on a loop of their own, so that a slow caller holds up neither.
 */
final class Sequencer {
  /** How often those who wait too long are looked for. */
  static final Duration TICK = Duration.ofMillis(500);

  /** Ticks until whoever waits hears that nobody takes the command. */
  static final int TICKS_TO_WAIT = 20;

  private static final int MAX_BATCHES_UNDER_WAY = 4;

  private final Supplier<Image> image;
  private final BooleanSupplier alone;
  private final Supplier<String> state;
  private final Loop loop;
  private final Loop replies;
  private final long session;
  private final Courier courier;

  private final Intake intake = new Intake();
  private final Packer packer;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean companyComes = new AtomicBoolean();
  private volatile @Nullable StoreException refusal;
  private final AtomicLong tick = new AtomicLong();

  private int batchesUnderWay;
  private boolean barrierUnderWay;
  private long batches;

  /**
   * Packs for one session.
   *
   * @param image the newest image here
   * @param alone whether that image has all that was ever acknowledged
   * @param state says in words why nobody takes commands
   */
  Sequencer(
      Supplier<Image> image,
      BooleanSupplier alone,
      Supplier<String> state,
      Loop loop,
      Loop replies,
      long session,
      Courier courier) {
    this.image = image;
    this.alone = alone;
    this.state = state;
    this.loop = loop;
    this.replies = replies;
    this.session = session;
    this.courier = courier;
    this.packer = new Packer(intake, image, alone, this::answerStale);
  }

  void start() {
    courier.serve(this);
    loop.schedule(TICK, this::tick);
  }

  CompletionStage<Outcome> submit(Command command) {
    Operation operation = new Operation(command, new CompletableFuture<>(), tick.get());
    StoreException refused = refusal;
    if (refused == null) {
      refused = intake.offer(operation);
    }
    if (refused != null) {
      operation.reply().completeExceptionally(refused);
    } else if (Patience.has(command.key())) {
      expectCompany();
    } else {
      schedule();
    }
    return operation.reply();
  }

  /** An image that has all that was acknowledged before this call. */
  CompletionStage<Image> latest() {
    if (refusal == null && alone.getAsBoolean()) {
      return CompletableFuture.completedFuture(image.get());
    }
    Reader reader = new Reader(new CompletableFuture<>(), tick.get());
    StoreException refused = refusal;
    if (refused == null) {
      refused = intake.offer(reader);
    }
    if (refused != null) {
      reader.reply().completeExceptionally(refused);
    } else {
      schedule();
    }
    return reader.reply();
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

  private void expectCompany() {
    if (companyComes.compareAndSet(false, true)) {
      loop.schedule(
          Patience.LIMIT,
          () -> {
            companyComes.set(false);
            packer.endPatience();
            pack();
          });
    }
  }

  private void pack() {
    while (batchesUnderWay < MAX_BATCHES_UNDER_WAY && courier.hasRoom(batches)) {
      Batch batch = nextBatch();
      if (batch.isEmpty()) {
        return;
      }
      send(batch);
    }
  }

  private void send(Batch batch) {
    batches++;
    batchesUnderWay++;
    barrierUnderWay |= batch.isBarrier();
    StoreException refused = refusal;
    if (refused == null) {
      courier.send(batch);
    } else {
      failed(batch, refused);
    }
  }

  private Batch nextBatch() {
    Packer.Pack pack = packer.next();
    List<Operation> operations = pack.operations();
    List<Reader> readers =
        operations.isEmpty() && barrierUnderWay ? List.of() : intake.takeReaders();
    return batchOf(operations, readers, pack.bytes());
  }

  private Batch batchOf(List<Operation> operations, List<Reader> readers, int bytes) {
    OperationId id = new OperationId(session, batches);
    return new Batch(id, courier.oldest(batches), operations, readers, bytes);
  }

  private void answerStale(Operation operation, Outcome.Conflict conflict) {
    intake.leave(operation.command());
    replies.execute(() -> operation.reply().complete(conflict));
  }

  /** Called by the applier with what became of a batch. */
  void applied(Batch batch, List<Outcome> outcomes, Image after) {
    answer(batch, () -> batch.complete(outcomes, after));
  }

  /** Called when a batch was not taken, or nobody will say whether it was. */
  void failed(Batch batch, StoreException reason) {
    answer(batch, () -> batch.fail(reason));
  }

  /**
   * Called on the loop when the leader does not want the commands of a batch. Those who only read
   * get a batch of their own, since reading may go on where writing does not.
   */
  void refused(Batch batch, StoreException reason) {
    if (batch.isBarrier() || batch.readers().isEmpty() || !courier.hasRoom(batches)) {
      failed(batch, reason);
    } else {
      failed(batch.withoutReaders(), reason);
      send(batchOf(List.of(), batch.readers(), 0));
    }
  }

  private void answer(Batch batch, Runnable reply) {
    reply(batch, reply);
    loop.execute(() -> release(batch));
  }

  private void reply(Batch batch, Runnable reply) {
    batch.operations().forEach(operation -> intake.leave(operation.command()));
    intake.leave(batch.readers().size());
    replies.execute(reply);
  }

  private void release(Batch batch) {
    batchesUnderWay--;
    barrierUnderWay &= !batch.isBarrier();
    packer.release(batch);
    pack();
  }

  private void tick() {
    long now = tick.incrementAndGet();
    courier.tick();
    long oldest = now - TICKS_TO_WAIT;
    List<Operation> operations = new ArrayList<>();
    List<Reader> readers = new ArrayList<>();
    packer.takeOlder(oldest, operations::add);
    intake.takeOlder(oldest, operations::add, readers::add);
    Batch late = batchOf(operations, readers, 0);
    if (!late.isEmpty()) {
      StoreException reason = new StoreException(state.get(), false);
      reply(late, () -> late.fail(reason));
    }
    loop.schedule(TICK, this::tick);
  }

  /** Takes no more commands; what is under way has an unknown outcome, the rest none. */
  void stop(String message) {
    refusal = new StoreException(message, false);
    courier.abandon(new StoreException(message, true));
    schedule();
  }
}

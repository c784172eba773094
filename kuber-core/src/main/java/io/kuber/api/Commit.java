package io.kuber.api;

import io.kuber.resource.ResourceType;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import io.kuber.store.StoreException;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Carries out decisions: read an image, decide, compare and set, and anew when somebody else was
 * faster.
 *
 * <p>The first attempt decides on the image at hand, which may be a little old on a server that
 * follows another; a refusal is only believed on an image that is the latest. What quotas limit is
 * written by {@link Rations}; what only one may have goes with its {@link Guards}.
 */
final class Commit {
  /** Attempts at one write before the client is told to come back. */
  private static final int MAX_ATTEMPTS = 100;

  private final Store store;
  private final Rations rations;

  Commit(Store store, Rations rations) {
    this.store = store;
    this.rations = rations;
  }

  /** What was done: the decision that won and, where the store changed, the state it now has. */
  record Done(Decision decision, Stored stored) {}

  /** Decides and carries out; on a dry run only decides. */
  CompletionStage<Done> run(boolean dryRun, Decision.Maker maker) {
    Image image = store.image();
    Decision decision;
    try {
      decision = decide(dryRun, maker, image);
    } catch (ApiException refused) {
      return store.latest().thenCompose(latest -> again(dryRun, maker, image, latest, refused));
    }
    return carryOut(dryRun, maker, image, decision, 1);
  }

  private Decision decide(boolean dryRun, Decision.Maker maker, Image image) {
    Decision decision = maker.decide(image);
    if (dryRun && decision instanceof Decision.Put put) {
      rations.check(image, put);
    }
    return decision;
  }

  private CompletionStage<Done> again(
      boolean dryRun, Decision.Maker maker, Image seen, Image latest, ApiException refused) {
    if (latest.revision() == seen.revision()) {
      throw refused;
    }
    return attempt(dryRun, maker, latest, 1);
  }

  private CompletionStage<Done> attempt(
      boolean dryRun, Decision.Maker maker, Image image, int attempts) {
    return carryOut(dryRun, maker, image, decide(dryRun, maker, image), attempts);
  }

  private CompletionStage<Done> carryOut(
      boolean dryRun, Decision.Maker maker, Image image, Decision decision, int attempts) {
    if (decision instanceof Decision.Leave leave) {
      return CompletableFuture.completedStage(new Done(decision, leave.before()));
    }
    Command command = command(decision);
    if (dryRun) {
      return CompletableFuture.completedStage(new Done(decision, unwritten(command)));
    }
    return submit(image, decision, command)
        .exceptionally(Commit::unavailable)
        .thenCompose(
            outcome -> {
              if (outcome instanceof Outcome.Applied applied) {
                return CompletableFuture.completedStage(new Done(decision, applied.stored()));
              }
              if (attempts >= MAX_ATTEMPTS) {
                throw Failures.tooBusy(command.key());
              }
              return store
                  .latest()
                  .thenCompose(latest -> attempt(dryRun, maker, latest, attempts + 1));
            });
  }

  private CompletionStage<Outcome> submit(Image image, Decision decision, Command command) {
    if (!(decision instanceof Decision.Put put && command instanceof Command.Put write)) {
      return store.submit(command);
    }
    List<Command.Put> guards = Guards.of(image, put);
    ResourceType type = put.rationed();
    if (type != null && rations.limit(image, put)) {
      return rations.submit(put, type, guards, write);
    }
    return guards.isEmpty() ? store.submit(write) : guarded(guards, write);
  }

  private CompletionStage<Outcome> guarded(List<Command.Put> guards, Command.Put write) {
    List<Command.Put> puts = new ArrayList<>(guards);
    puts.add(write);
    return store
        .submit(new Command.Together(puts))
        .thenApply(
            outcome ->
                outcome instanceof Outcome.AllApplied applied
                    ? new Outcome.Applied(applied.stored().get(guards.size()))
                    : outcome);
  }

  private static Command command(Decision decision) {
    if (decision instanceof Decision.Put put) {
      Stored before = put.before();
      long expected = before == null ? Command.ABSENT : before.revision();
      return new Command.Put(put.key(), expected, Canonical.bytes(put.after()));
    }
    if (decision instanceof Decision.Remove remove) {
      long expected = remove.before().revision();
      return new Command.Delete(remove.key(), expected, Canonical.bytes(remove.last()));
    }
    throw new IllegalStateException("nothing to write for " + decision);
  }

  /** What would be stored; keeps the revision that the object has now, 0 when it is new. */
  private static Stored unwritten(Command command) {
    byte[] value =
        command instanceof Command.Put put ? put.value() : ((Command.Delete) command).last();
    return new Stored(command.key(), command.expected(), value);
  }

  private static Outcome unavailable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StoreException refused) {
      throw Failures.storeUnavailable(refused);
    }
    throw failure instanceof CompletionException completion
        ? completion
        : new CompletionException(failure);
  }
}

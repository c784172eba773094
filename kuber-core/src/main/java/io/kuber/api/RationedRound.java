package io.kuber.api;

import io.kuber.quota.Ledger;
import io.kuber.resource.ResourceType;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Outcome;
import io.kuber.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Which of some rationed writes of one namespace go through, decided on one image: a plan.
 *
 * @param admitted may be written, all of them together with {@code statuses}
 * @param refused would exceed a quota, as far as the image tells
 * @param stale are about objects that have changed, and have to be decided anew
 * @param statuses of the quotas that are charged
 */
record RationedRound(
    List<Wish> admitted, List<Refused> refused, List<Stale> stale, List<Ledger.Status> statuses) {

  /**
   * A write that wants its share.
   *
   * @param type of the object
   * @param guards that are written with it
   * @param command how it is written
   * @param reply to whoever waits
   */
  record Wish(
      Decision.Put put,
      ResourceType type,
      List<Command.Put> guards,
      Command.Put command,
      CompletableFuture<Outcome> reply) {
    Wish {
      guards = List.copyOf(guards);
    }

    /** Everything that is to be written, the object last. */
    List<Command.Put> writes() {
      List<Command.Put> writes = new ArrayList<>(guards);
      writes.add(command);
      return writes;
    }
  }

  /** A wish that a quota forbids. */
  record Refused(Wish wish, ApiException why) {}

  /** A wish about an object that is not as expected. */
  record Stale(Wish wish, Outcome.Conflict conflict) {}

  /** Whether all may be written, so that it matters little how new the image is. */
  boolean admitsAll() {
    return refused.isEmpty() && stale.isEmpty();
  }

  /** Decides in the order in which the wishes came. No two write the same object. */
  static RationedRound of(String namespace, List<Wish> wishes, Image image, Instant now) {
    Ledger ledger = new Ledger(image, namespace, now);
    List<Wish> admitted = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    List<Stale> stale = new ArrayList<>();
    for (Wish wish : wishes) {
      Optional<Command.Put> moved =
          wish.writes().stream().filter(write -> !isAsExpected(image, write)).findFirst();
      if (moved.isPresent()) {
        Stored current = image.get(moved.get().key());
        stale.add(new Stale(wish, new Outcome.Conflict(current)));
      } else {
        charge(ledger, wish.put(), wish.type())
            .ifPresentOrElse(why -> refused.add(new Refused(wish, why)), () -> admitted.add(wish));
      }
    }
    return new RationedRound(admitted, refused, stale, ledger.statuses());
  }

  private static boolean isAsExpected(Image image, Command.Put write) {
    Stored current = image.get(write.key());
    return (current == null ? Command.ABSENT : current.revision()) == write.expected();
  }

  /** Charges one write; says so if that must not be. */
  static Optional<ApiException> charge(Ledger ledger, Decision.Put put, ResourceType type) {
    return ledger
        .charge(type, put.old(), put.after())
        .map(refusal -> Failures.forbidden(type, put.after().name(), refusal));
  }

  /**
   * What to write: the objects, as {@link #applied} counts on, then their guards. The quotas come
   * last: whoever has seen some of the objects only has not seen the quotas change, and is refused.
   */
  Command command() {
    List<Command.Put> puts = new ArrayList<>();
    admitted.forEach(wish -> puts.add(wish.command()));
    admitted.forEach(wish -> puts.addAll(wish.guards()));
    statuses.forEach(
        status ->
            puts.add(
                new Command.Put(
                    status.before().key(),
                    status.before().revision(),
                    Canonical.bytes(status.after()))));
    return new Command.Together(puts);
  }

  /** Tells those who were admitted that it is done. */
  void applied(Outcome.AllApplied outcome) {
    for (int i = 0; i < admitted.size(); i++) {
      admitted.get(i).reply().complete(new Outcome.Applied(outcome.stored().get(i)));
    }
  }

  /** Tells those who were not admitted. */
  void answerOthers() {
    refused.forEach(refusal -> refusal.wish().reply().completeExceptionally(refusal.why()));
    stale.forEach(moved -> moved.wish().reply().complete(moved.conflict()));
  }
}

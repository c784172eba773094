package io.kuber.api;

import io.kuber.api.RationedRound.Wish;
import io.kuber.quota.Ledger;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects of which ResourceQuotas limit how many, or how large, there are (upstream:
 * k8s.io/apiserver/pkg/admission/plugin/resourcequota): each object together with the status of the
 * quotas that count it, in one command that fails if one of these has changed. So no number of
 * servers exceeds a quota, and a write that fails uses nothing of it.
 *
 * <p>The writes of a namespace form a queue. While some are on their way others gather, and go
 * together as the next command, decided one after the other on the same image. Another server may
 * be faster; then the same are decided anew. May be called from any thread; a lock guards the
 * queues, and one thread at a time works for a namespace.
 */
final class Rations {
  /** Writes of a namespace that wait; more are told to come back. */
  private static final int MAX_WAITING = 10_000;

  /**
   * Objects of one command, and bytes: what one entry of the log takes without holding up others.
   */
  private static final int MAX_TOGETHER = 100;

  private static final int MAX_BYTES = 512 << 10;

  /** Times that other servers may be faster before clients are told to come back. */
  private static final int MAX_ATTEMPTS = 100;

  private final Store store;
  private final InstantSource clock;

  /** Where outcomes arrive; null: where they come about. */
  private final @Nullable Executor answers;

  /** By namespace; there is a queue as long as somebody works for it. */
  private final Map<String, Deque<Wish>> queues;

  /** Rations of what a store has. */
  Rations(Store store, InstantSource clock) {
    this(store, clock, null, new HashMap<>());
  }

  private Rations(
      Store store,
      InstantSource clock,
      @Nullable Executor answers,
      Map<String, Deque<Wish>> queues) {
    this.store = store;
    this.clock = clock;
    this.answers = answers;
    this.queues = queues;
  }

  /** The same queues, with outcomes that arrive by {@code executor}. */
  Rations answeringOn(Executor executor) {
    return new Rations(store, clock, executor, queues);
  }

  /** Whether a quota of the image limits the write. */
  boolean limit(Image image, Decision.Put put) {
    ResourceType type = put.rationed();
    String namespace = put.key().namespace();
    return type != null
        && !namespace.isEmpty()
        && image.count(Resources.RESOURCE_QUOTAS.qualifiedName(), namespace) > 0
        && new Ledger(image, namespace, clock.instant()).limits(type, put.old(), put.after());
  }

  /** Throws {@link ApiException} if the write would exceed a quota now; charges nothing. */
  void check(Image image, Decision.Put put) {
    ResourceType type = put.rationed();
    if (type != null && limit(image, put)) {
      Ledger ledger = new Ledger(image, put.key().namespace(), clock.instant());
      RationedRound.charge(ledger, put, type)
          .ifPresent(
              refusal -> {
                throw refusal;
              });
    }
  }

  /**
   * Writes an object if the quotas allow it.
   *
   * @param guards that are written with it, as decided
   * @param command what would write it if there were no quotas
   * @return the outcome, a conflict if the object is not as it was; fails with {@link ApiException}
   *     when a quota would be exceeded, and as the store does
   */
  CompletionStage<Outcome> submit(
      Decision.Put put, ResourceType type, List<Command.Put> guards, Command.Put command) {
    Wish wish = new Wish(put, type, guards, command, new CompletableFuture<>());
    String namespace = put.key().namespace();
    boolean idle;
    synchronized (queues) {
      Deque<Wish> queue = queues.get(namespace);
      idle = queue == null;
      if (queue == null) {
        queue = new ArrayDeque<>();
        queues.put(namespace, queue);
      }
      if (queue.size() >= MAX_WAITING) {
        throw Failures.tooBusy(put.key());
      }
      queue.add(wish);
    }
    if (idle) {
      work(namespace);
    }
    return answers == null
        ? wish.reply()
        : wish.reply().thenApplyAsync(outcome -> outcome, answers);
  }

  /** Works until there is something to wait for, or nothing to do. */
  private void work(String namespace) {
    for (List<Wish> next = take(namespace); !next.isEmpty(); next = take(namespace)) {
      List<Wish> wishes = next;
      CompletionStage<Void> round =
          CompletableFuture.completedStage(store.image())
              .thenCompose(image -> round(namespace, wishes, image, 0))
              .exceptionally(
                  failure -> {
                    wishes.forEach(wish -> wish.reply().completeExceptionally(failure));
                    return null;
                  });
      if (!round.toCompletableFuture().isDone()) {
        round.thenRun(() -> work(namespace));
        return;
      }
    }
  }

  /** The next that can be written together; none, and no queue, when all is done. */
  private List<Wish> take(String namespace) {
    List<Wish> taken = new ArrayList<>();
    Set<Key> keys = new HashSet<>();
    int bytes = 0;
    synchronized (queues) {
      Deque<Wish> queue = queues.getOrDefault(namespace, new ArrayDeque<>());
      for (Wish wish = queue.peek(); wish != null; wish = queue.peek()) {
        bytes += wish.command().value().length;
        List<Key> writes = wish.writes().stream().map(Command.Put::key).toList();
        boolean fits = keys.size() + writes.size() <= MAX_TOGETHER && bytes <= MAX_BYTES;
        if (!taken.isEmpty() && !fits || !Collections.disjoint(keys, writes)) {
          break;
        }
        keys.addAll(writes);
        taken.add(queue.remove());
      }
      if (taken.isEmpty()) {
        queues.remove(namespace);
      }
    }
    return taken;
  }

  /**
   * Decides on an image and writes.
   *
   * @param attempt 0 for an image that may not be the latest, which is believed only if it admits
   *     all
   */
  private CompletionStage<Void> round(
      String namespace, List<Wish> wishes, Image image, int attempt) {
    RationedRound round = RationedRound.of(namespace, wishes, image, clock.instant());
    if (attempt == 0 && !round.admitsAll()) {
      return again(namespace, wishes, attempt);
    }
    if (round.admitted().isEmpty()) {
      round.answerOthers();
      return CompletableFuture.completedStage(null);
    }
    CompletionStage<Void> written =
        store
            .submit(round.command())
            .thenCompose(
                outcome -> {
                  if (outcome instanceof Outcome.AllApplied applied) {
                    round.applied(applied);
                    return CompletableFuture.completedStage(null);
                  }
                  if (attempt >= MAX_ATTEMPTS) {
                    throw Failures.tooBusy(round.command().key());
                  }
                  return again(namespace, round.admitted(), attempt);
                });
    round.answerOthers();
    return written;
  }

  private CompletionStage<Void> again(String namespace, List<Wish> wishes, int attempt) {
    return store.latest().thenCompose(latest -> round(namespace, wishes, latest, attempt + 1));
  }
}

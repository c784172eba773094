package io.kuber.controller.simulation;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way of one incarnation of the controllers to the API, with faults. Once they are dead,
 * nothing they still ask for happens or is answered. Events are dropped: nothing waits for them.
 */
final class FaultyClient implements Client {
  private static final int MAX_DELAY_MILLIS = 40;

  private final Client client;
  private final LateStore store;
  private final Loop loop;
  private final Entropy entropy;
  private final Supplier<Faults> suffered;
  private final Consumer<Boolean> acting;
  private final Runnable crash;
  private boolean dead;

  FaultyClient(
      Client client,
      LateStore store,
      Loop loop,
      Entropy entropy,
      Supplier<Faults> suffered,
      Consumer<Boolean> acting,
      Runnable crash) {
    this.client = client;
    this.store = store;
    this.loop = loop;
    this.entropy = entropy;
    this.suffered = suffered;
    this.acting = acting;
    this.crash = crash;
  }

  void die() {
    dead = true;
  }

  private enum Fault {
    NONE,
    CONFLICT,
    REFUSED,
    LOST,
    CRASH_BEFORE,
    CRASH_AFTER
  }

  private Fault draw(boolean mayConflict) {
    Faults faults = suffered.get();
    if (mayConflict && isDrawn(faults.conflict())) {
      return Fault.CONFLICT;
    } else if (isDrawn(faults.refuse())) {
      return Fault.REFUSED;
    } else if (isDrawn(faults.lose())) {
      return Fault.LOST;
    } else if (isDrawn(faults.crash())) {
      return entropy.below(2) == 0 ? Fault.CRASH_BEFORE : Fault.CRASH_AFTER;
    }
    return Fault.NONE;
  }

  private boolean isDrawn(int percent) {
    return entropy.below(100) < percent;
  }

  private <T> CompletionStage<T> write(boolean mayConflict, Supplier<CompletionStage<T>> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (suffered.get().equals(Faults.NONE)) {
      run(mayConflict, call, answer);
    } else {
      Duration delay = Duration.ofMillis(entropy.below(MAX_DELAY_MILLIS));
      loop.schedule(delay, () -> run(mayConflict, call, answer));
    }
    return answer;
  }

  private <T> void run(
      boolean mayConflict, Supplier<CompletionStage<T>> call, CompletableFuture<T> answer) {
    if (dead) {
      return;
    }
    switch (draw(mayConflict)) {
      case NONE -> answer(act(call), answer);
      case CONFLICT -> fail(answer, StatusReason.CONFLICT, "the object has been modified");
      case REFUSED -> fail(answer, StatusReason.TOO_MANY_REQUESTS, "the server is busy");
      case LOST -> {
        act(call);
        fail(answer, StatusReason.TIMEOUT, "the outcome is not known");
      }
      case CRASH_BEFORE -> crash.run();
      case CRASH_AFTER -> {
        act(call);
        crash.run();
      }
    }
  }

  /** The store applies what is written before this returns. */
  private <T> CompletionStage<T> act(Supplier<CompletionStage<T>> call) {
    acting.accept(true);
    try {
      return call.get();
    } finally {
      acting.accept(false);
    }
  }

  private <T> void answer(CompletionStage<T> done, CompletableFuture<T> answer) {
    done.whenComplete(
        (result, failure) -> {
          Runnable tell =
              () -> {
                if (dead) {
                  return;
                }
                if (failure == null) {
                  answer.complete(result);
                } else {
                  answer.completeExceptionally(failure);
                }
              };
          if (suffered.get().lateOwnWrites()) {
            loop.execute(tell);
          } else {
            store.whenSeen(tell);
          }
        });
  }

  private static void fail(CompletableFuture<?> answer, StatusReason reason, String message) {
    answer.completeExceptionally(new ApiException(reason, message));
  }

  @Override
  public CompletionStage<KubeObject> get(ResourceType type, String namespace, String name) {
    return client.get(type, namespace, name);
  }

  @Override
  public CompletionStage<ObjectList> list(
      ResourceType type, String namespace, ListOptions options) {
    return client.list(type, namespace, options);
  }

  @Override
  public AutoCloseable watch(
      ResourceType type,
      String namespace,
      ListOptions options,
      String resourceVersion,
      WatchListener listener) {
    return client.watch(type, namespace, options, resourceVersion, listener);
  }

  @Override
  public CompletionStage<KubeObject> create(ResourceType type, KubeObject object) {
    return type.equals(Resources.EVENTS)
        ? CompletableFuture.completedStage(object)
        : write(false, () -> client.create(type, object));
  }

  @Override
  public CompletionStage<KubeObject> createSubresource(
      ResourceType type, String namespace, String name, String subresource, KubeObject body) {
    return write(true, () -> client.createSubresource(type, namespace, name, subresource, body));
  }

  @Override
  public CompletionStage<KubeObject> update(ResourceType type, KubeObject object) {
    return write(true, () -> client.update(type, object));
  }

  @Override
  public CompletionStage<KubeObject> updateSubresource(
      ResourceType type, String subresource, KubeObject object) {
    return write(true, () -> client.updateSubresource(type, subresource, object));
  }

  @Override
  public CompletionStage<KubeObject> patch(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      PatchType patchType,
      Object patch) {
    return type.equals(Resources.EVENTS)
        ? CompletableFuture.completedStage(KubeObject.of((Tree) patch))
        : write(true, () -> client.patch(type, namespace, name, subresource, patchType, patch));
  }

  @Override
  public CompletionStage<KubeObject> apply(
      ResourceType type, String subresource, KubeObject configuration, boolean force) {
    return write(true, () -> client.apply(type, subresource, configuration, force));
  }

  @Override
  public CompletionStage<Void> delete(
      ResourceType type, String namespace, String name, DeleteOptions options) {
    return write(true, () -> client.delete(type, namespace, name, options));
  }
}

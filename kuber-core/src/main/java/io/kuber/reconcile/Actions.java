package io.kuber.reconcile;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Does actions through the client on behalf of one component. Notes are written on the loop;
 * everything else happens wherever the client completes.
 */
final class Actions {
  private final String component;
  private final Client client;
  private final Loop loop;
  private final EventRecorder events;

  Actions(String component, Client client, Loop loop, EventRecorder events) {
    this.component = component;
    this.client = client;
    this.loop = loop;
    this.events = events;
  }

  /** Does the steps in order; fails with the first failure of the first step that has one. */
  CompletionStage<Void> all(List<List<Action>> steps) {
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (List<Action> step : steps) {
      done = done.thenCompose(unused -> together(step));
    }
    return done;
  }

  private CompletionStage<Void> together(List<Action> step) {
    if (step.size() == 1) {
      return one(step.get(0)).thenAccept(unused -> {});
    }
    List<CompletableFuture<String>> all = new ArrayList<>(step.size());
    for (Action action : step) {
      all.add(one(action).toCompletableFuture());
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  /** Does one action and returns the name of the object that it made or changed. */
  private CompletionStage<String> one(Action action) {
    if (action instanceof Action.Announced announced) {
      return announced(announced);
    } else if (action instanceof Action.Emit emit) {
      loop.execute(() -> events.record(component, emit.note()));
      return CompletableFuture.completedStage("");
    } else if (action instanceof Action.Create create) {
      return client.create(create.type(), create.object()).thenApply(KubeObject::name);
    } else if (action instanceof Action.Update update) {
      return client.update(update.type(), update.object()).thenApply(KubeObject::name);
    } else if (action instanceof Action.UpdateSubresource update) {
      return client
          .updateSubresource(update.type(), update.subresource(), update.object())
          .thenApply(KubeObject::name);
    } else if (action instanceof Action.Patch patch) {
      return client
          .patch(
              patch.type(),
              patch.namespace(),
              patch.name(),
              patch.subresource(),
              patch.patchType(),
              patch.patch())
          .thenApply(KubeObject::name);
    } else if (action instanceof Action.Delete delete) {
      return goneIsDone(delete);
    } else if (action instanceof Action.Confirm confirm) {
      KubeObject known = confirm.object();
      return client
          .get(confirm.type(), known.namespace(), known.name())
          .thenApply(found -> confirmed(found, known));
    } else if (action instanceof Action.ConfirmAbsence absence) {
      return client
          .get(absence.type(), absence.namespace(), absence.name())
          .handle((found, failure) -> confirmedAbsent(absence, failure));
    }
    throw new IllegalArgumentException("no way to do " + action);
  }

  private static String confirmed(KubeObject found, KubeObject known) {
    if (!found.uid().equals(known.uid()) || found.isBeingDeleted()) {
      throw new ApiException(
          StatusReason.CONFLICT, "%s is no longer the object it was".formatted(known.name()));
    }
    return found.name();
  }

  private static String confirmedAbsent(
      Action.ConfirmAbsence absence, @Nullable Throwable failure) {
    if (failure == null) {
      throw new ApiException(StatusReason.CONFLICT, "%s is there".formatted(absence.name()));
    } else if (reasonOf(failure).reason() != StatusReason.NOT_FOUND) {
      throw new CompletionException(failure);
    }
    return absence.name();
  }

  private CompletionStage<String> goneIsDone(Action.Delete delete) {
    return client
        .delete(delete.type(), delete.namespace(), delete.name(), delete.options())
        .handle(
            (unused, failure) -> {
              if (failure != null && reasonOf(failure).reason() != StatusReason.NOT_FOUND) {
                throw new CompletionException(failure);
              }
              return delete.name();
            });
  }

  private CompletionStage<String> announced(Action.Announced announced) {
    Announcement announcement = announced.announcement();
    return one(announced.action())
        .whenComplete(
            (name, failure) -> {
              var note =
                  failure == null
                      ? announcement.whenDone(name)
                      : announcement.whenFailed(String.valueOf(reasonOf(failure).getMessage()));
              note.ifPresent(said -> loop.execute(() -> events.record(component, said)));
            });
  }

  /** The API's own failure inside whatever a stage failed with. */
  static ApiException reasonOf(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof ApiException api
        ? api
        : new ApiException(StatusReason.INTERNAL_ERROR, String.valueOf(cause));
  }
}

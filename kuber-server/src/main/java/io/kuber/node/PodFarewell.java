package io.kuber.node;

import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.loop.Loop;
import io.kuber.resource.Resources;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the object of a pod that is no more. The object's end is heard from the watch, because
 * finalizers may keep it for long. Owned by the node's loop.
 */
final class PodFarewell {
  private final PodBoard board;
  private final Client client;
  private final Loop loop;
  private boolean deleting;

  PodFarewell(PodBoard board, Client client, Loop loop) {
    this.board = board;
    this.client = client;
    this.loop = loop;
  }

  /** Deletes the object; {@code gone} runs when it turns out to be gone or another pod's. */
  void deleteObject(Runnable gone) {
    if (!deleting) {
      deleting = true;
      PodSpec pod = board.pod();
      DeleteOptions now = new DeleteOptions(0, "", pod.uid(), "");
      client
          .delete(Resources.PODS, pod.namespace(), pod.name(), now)
          .whenComplete((done, failure) -> loop.execute(() -> deleted(failure, gone)));
    }
  }

  private void deleted(@Nullable Throwable failure, Runnable gone) {
    if (failure == null) {
      return;
    }
    if (Refusals.isReason(failure, StatusReason.NOT_FOUND, StatusReason.CONFLICT)) {
      gone.run();
    } else {
      deleting = false;
      board.after(PodBoard.RETRY, board::step);
    }
  }
}

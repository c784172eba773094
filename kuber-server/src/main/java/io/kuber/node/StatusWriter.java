package io.kuber.node;

import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.loop.Loop;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one pod's status: one write at a time, and the newest status last. Owned by the node's
 * loop.
 */
final class StatusWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Client client;
  private final Loop loop;
  private final KubeObject pod;
  private Tree wanted;
  private Tree written = Tree.EMPTY;

  /** The conditions that the API has, as far as is known. */
  private Items told;

  private boolean writing;
  private boolean closed;

  StatusWriter(Client client, Loop loop, KubeObject pod) {
    this.client = client;
    this.loop = loop;
    this.pod = pod;
    this.wanted = pod.status();
    this.told = pod.status().items("conditions");
  }

  /** What was told last: by this writer, or by an earlier one as far as the pod object knows. */
  Tree last() {
    return wanted;
  }

  /** Makes sure that this status is written, unless a newer one comes. */
  void write(Tree status) {
    wanted = status;
    writeNext();
  }

  /** The object is a new one that nothing was written to. */
  void writeAgain() {
    written = Tree.EMPTY;
    told = Items.EMPTY;
    writeNext();
  }

  /** Nothing is written any more. */
  void close() {
    closed = true;
  }

  private void writeNext() {
    if (writing || closed || wanted.equals(written)) {
      return;
    }
    writing = true;
    Tree status = wanted;
    Tree patch = Tree.of("status", withoutPassed(status));
    if (!StaticPod.is(pod)) {
      patch = patch.with("metadata", Tree.of("uid", pod.uid()));
    }
    client
        .patch(Resources.PODS, pod.namespace(), pod.name(), "status", PatchType.STRATEGIC, patch)
        .whenComplete((done, failure) -> loop.execute(() -> done(status, failure)));
  }

  /** A merge leaves what it does not name, so conditions that have passed are deleted by name. */
  private Tree withoutPassed(Tree status) {
    Items conditions = status.items("conditions");
    for (String type : PodConditions.PASSING) {
      boolean isThere = !PodConditions.find(told, type).isEmpty();
      if (isThere && PodConditions.find(status.items("conditions"), type).isEmpty()) {
        conditions = conditions.plus(Tree.of("type", type, "$patch", "delete"));
      }
    }
    return status.with("conditions", conditions);
  }

  private void done(Tree status, @Nullable Throwable failure) {
    if (failure == null) {
      writing = false;
      written = status;
      told = status.items("conditions");
      writeNext();
    } else if (StaticPod.is(pod) && Refusals.isReason(failure, StatusReason.NOT_FOUND)) {
      writing = false; // Its mirror is being made, and then it is written again.
    } else if (Refusals.isReason(failure, StatusReason.NOT_FOUND, StatusReason.CONFLICT)) {
      LOG.debug("pod {}/{} is gone or another one", pod.namespace(), pod.name());
      closed = true;
    } else {
      LOG.warn("status of pod {}/{} not written yet: {}", pod.namespace(), pod.name(), failure);
      loop.schedule(
          RETRY,
          () -> {
            writing = false;
            writeNext();
          });
    }
  }
}

package io.kuber.boot;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.controller.nodeipam.PodBlockPlanner;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Finds out which addresses the pods of a node on a machine of its own have: those that its Node
 * says, which it registers and asks for some where it has none. Blocks.
 *
 * @param remembered those of the last start, which are good while the API is away; empty at first
 */
record WorkerBlock(Client client, String name, String remembered) {
  private static final Tree WISH =
      Tree.of(
          "metadata",
          Tree.of("annotations", Tree.of(PodBlockPlanner.WISH, PodBlockPlanner.WANTED)));

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final long REQUEST_SECONDS = 60;

  /** The block, as in {@code 10.244.3.0/24}. */
  String find() throws StartException, InterruptedException {
    try {
      return given();
    } catch (ApiException e) {
      if (!remembered.isEmpty() && e.reason() == StatusReason.SERVICE_UNAVAILABLE) {
        return remembered;
      }
      throw new StartException("node " + name + " cannot be registered: " + e.getMessage());
    }
  }

  private String given() throws StartException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      KubeObject node = registered();
      String block = node.spec().text("podCIDR");
      if (!block.isEmpty()) {
        return block;
      }
      if (System.nanoTime() > end) {
        throw new StartException(
            "nobody has given node %s addresses for its pods within %d s; look at it with: kubectl describe node %s"
                .formatted(name, PATIENCE.toSeconds(), name));
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
  }

  private KubeObject registered() {
    try {
      KubeObject node = await(client.get(Resources.NODES, "", name));
      boolean asks =
          PodBlockPlanner.WANTED.equals(node.annotations().get(PodBlockPlanner.WISH))
              || !node.spec().text("podCIDR").isEmpty();
      return asks
          ? node
          : await(client.patch(Resources.NODES, "", name, "", PatchType.MERGE, WISH));
    } catch (ApiException e) {
      if (e.reason() != StatusReason.NOT_FOUND) {
        throw e;
      }
      KubeObject node =
          Resources.NODES
              .object("", name)
              .with(WISH.tree("metadata", "annotations"), "metadata", "annotations");
      return await(client.create(Resources.NODES, node));
    }
  }

  private static KubeObject await(CompletionStage<KubeObject> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(REQUEST_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ApiException refused
          ? refused
          : new ApiException(
              StatusReason.SERVICE_UNAVAILABLE, "the API does not answer: " + e.getCause());
    }
  }
}

package io.kuber.testkit.node;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a simulated node tells the API of itself. */
final class NodeReports {
  private final Client client;
  private final InstantSource clock;

  NodeReports(Client client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Makes the node and its lease known, or takes up those that an earlier run left. */
  CompletionStage<KubeObject> register(SimulatedNode node) {
    KubeObject fresh = node.node(clock.instant());
    return unless(
            StatusReason.ALREADY_EXISTS,
            client.create(Resources.NODES, fresh),
            () -> CompletableFuture.completedStage(fresh))
        .thenCompose(known -> status(node))
        .thenCompose(reported -> renew(node));
  }

  /** Reports the status: all is well. */
  CompletionStage<KubeObject> status(SimulatedNode node) {
    Tree status = Tree.of("status", node.status(clock.instant()));
    return client.patch(Resources.NODES, "", node.name(), "status", PatchType.MERGE, status);
  }

  /** Renews the lease; makes it where it is missing. */
  CompletionStage<KubeObject> renew(SimulatedNode node) {
    KubeObject lease = node.lease(clock.instant());
    Tree renewal = Tree.of("spec", Tree.of("renewTime", lease.spec().text("renewTime")));
    CompletionStage<KubeObject> renewed =
        client.patch(
            Resources.LEASES, lease.namespace(), lease.name(), "", PatchType.MERGE, renewal);
    return unless(StatusReason.NOT_FOUND, renewed, () -> client.create(Resources.LEASES, lease));
  }

  /** The stage, or the other one when it fails for this reason. */
  private static CompletionStage<KubeObject> unless(
      StatusReason reason,
      CompletionStage<KubeObject> stage,
      Supplier<CompletionStage<KubeObject>> otherwise) {
    return stage
        .handle(
            (object, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(object)
                    : isFor(reason, failure)
                        ? otherwise.get()
                        : CompletableFuture.<KubeObject>failedStage(failure))
        .thenCompose(either -> either);
  }

  private static boolean isFor(StatusReason reason, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ApiException refused && refused.reason() == reason;
  }
}

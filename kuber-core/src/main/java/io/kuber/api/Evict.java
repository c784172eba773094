package io.kuber.api;

import io.kuber.api.ApiAnswer.Success;
import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.Tree;
import io.kuber.resource.Served;
import java.util.concurrent.CompletionStage;

/** {@code pods/eviction}: deletes a pod as an administrator who drains a node does. */
final class Evict {
  private final Delete delete;

  Evict(Delete delete) {
    this.delete = delete;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Served served) {
    Tree eviction = request.body() instanceof Body.Whole body ? body.object() : Tree.EMPTY;
    Tree inside = eviction.tree("deleteOptions");
    DeleteOptions options = DeleteBody.options(inside.without("kind"), request.delete());
    boolean dryRun = !inside.items("dryRun").isEmpty() || request.write().dryRun();
    return delete
        .run(request, served, options, dryRun)
        .thenApply(done -> new Success(Successes.status(Tree.EMPTY), true));
  }
}

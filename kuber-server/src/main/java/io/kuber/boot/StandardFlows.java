package io.kuber.boot;

import io.kuber.client.Client;
import io.kuber.fairness.FlowRepair;
import io.kuber.fairness.FlowRepairs;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The flow schemas and priority levels that every cluster has: made, mended, and told of. */
record StandardFlows(Client client, Image image) {
  /** Begins all writes that are needed; none waits for another. */
  List<CompletableFuture<KubeObject>> mend(Instant now) {
    return FlowRepairs.plan(image, now).stream()
        .map(repair -> write(repair).toCompletableFuture())
        .toList();
  }

  private CompletionStage<KubeObject> write(FlowRepair repair) {
    KubeObject object = repair.object();
    ResourceType type =
        object.kind().equals(Resources.FLOW_SCHEMAS.kind())
            ? Resources.FLOW_SCHEMAS
            : Resources.PRIORITY_LEVEL_CONFIGURATIONS;
    if (repair instanceof FlowRepair.Create) {
      return client.create(type, object);
    }
    return repair instanceof FlowRepair.Update
        ? client.update(type, object)
        : client.updateSubresource(type, "status", object);
  }
}

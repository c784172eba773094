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
import java.util.function.Predicate;

/** The flow schemas and priority levels that every cluster has: made, mended, and told of. */
record StandardFlows(Client client, Image image) {
  /** Begins to make and mend the objects; none of the writes waits for another. */
  List<CompletableFuture<KubeObject>> mend(Instant now) {
    return written(now, repair -> !(repair instanceof FlowRepair.Status));
  }

  /** The same, and tells of each schema whether its level is there. */
  List<CompletableFuture<KubeObject>> mendAndTell(Instant now) {
    return written(now, repair -> true);
  }

  private List<CompletableFuture<KubeObject>> written(Instant now, Predicate<FlowRepair> wanted) {
    return FlowRepairs.plan(image, now).stream()
        .filter(wanted)
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

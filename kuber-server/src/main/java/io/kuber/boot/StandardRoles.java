package io.kuber.boot;

import io.kuber.access.policy.BootstrapPolicy;
import io.kuber.access.policy.Repair;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The roles and bindings that every cluster has: made where they are missing, mended elsewhere. */
record StandardRoles(Client client, Image image) {
  private static final List<ResourceType> TYPES =
      List.of(
          Resources.CLUSTER_ROLES,
          Resources.CLUSTER_ROLE_BINDINGS,
          Resources.ROLES,
          Resources.ROLE_BINDINGS);

  /** Begins all writes that are needed; none waits for another. */
  List<CompletableFuture<KubeObject>> mend() {
    return BootstrapPolicy.repairs(this::present).stream()
        .map(repair -> write(repair).toCompletableFuture())
        .toList();
  }

  private Optional<KubeObject> present(KubeObject wanted) {
    return Optional.ofNullable(image.get(type(wanted).keyOf(wanted))).map(Stored::object);
  }

  private CompletionStage<KubeObject> write(Repair repair) {
    KubeObject object = repair.object();
    ResourceType type = type(object);
    if (repair instanceof Repair.Update) {
      return client.update(type, object);
    }
    return repair instanceof Repair.Create
        ? client.create(type, object)
        : client
            .delete(type, object.namespace(), object.name(), DeleteOptions.DEFAULT)
            .thenCompose(gone -> client.create(type, object));
  }

  private static ResourceType type(KubeObject object) {
    return TYPES.stream()
        .filter(type -> type.kind().equals(object.kind()))
        .findFirst()
        .orElseThrow();
  }
}

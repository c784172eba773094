package io.kuber.node;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Objects that a pod refers to, read when one of its containers starts. Blocks; for the threads on
 * which containers are started, never for a loop.
 */
public final class ClusterObjects {
  private static final long TIMEOUT_SECONDS = 10;

  private final Client client;
  private final ObjectWatches watches;

  /** Reads through the client. */
  public ClusterObjects(Client client) {
    this.client = client;
    this.watches = new ObjectWatches(client);
  }

  /** Watches of those objects that pods here use. */
  ObjectWatches watches() {
    return watches;
  }

  /** The object as its watch has it, or else as the API has; empty where there is none. */
  Optional<KubeObject> current(ResourceType type, String namespace, String name) {
    ObjectWatches.Reference reference = new ObjectWatches.Reference(type, namespace, name);
    Optional<KubeObject> known = watches.latest(reference);
    if (known.isPresent()) {
      return known;
    }
    Optional<KubeObject> read = find(type, namespace, name);
    read.ifPresent(object -> watches.seen(reference, object));
    return read;
  }

  /** The object, or empty where there is none. */
  public Optional<KubeObject> find(ResourceType type, String namespace, String name) {
    try {
      return Optional.of(await(client.get(type, namespace, name)));
    } catch (ApiException e) {
      if (e.reason() == StatusReason.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The object; empty where there is none, or none that the node may read. */
  Optional<KubeObject> permitted(ResourceType type, String namespace, String name) {
    try {
      return find(type, namespace, name);
    } catch (ApiException e) {
      if (e.reason() == StatusReason.FORBIDDEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Writes the finalizers of an object, which has to be as it was read. */
  void setFinalizers(ResourceType type, KubeObject object, Items finalizers) {
    Tree metadata = Tree.of("resourceVersion", object.resourceVersion(), "finalizers", finalizers);
    await(
        client.patch(
            type,
            object.namespace(),
            object.name(),
            "",
            PatchType.MERGE,
            Tree.of("metadata", metadata)));
  }

  /** Writes fields of the status of an object, which has to be as it was read. */
  void patchStatus(ResourceType type, KubeObject object, Tree fields) {
    await(
        client.patch(
            type,
            object.namespace(),
            object.name(),
            "status",
            PatchType.MERGE,
            Tree.of(
                "metadata",
                Tree.of("resourceVersion", object.resourceVersion()),
                "status",
                fields)));
  }

  /** All objects of a namespace. */
  public List<KubeObject> list(ResourceType type, String namespace) {
    return await(client.list(type, namespace, ListOptions.ALL)).objects();
  }

  /** A token of a service account, as {@code spec} asks for it: the status of TokenRequest. */
  Tree token(String namespace, String account, Tree spec) {
    KubeObject request =
        KubeObject.of("authentication.k8s.io/v1", "TokenRequest", namespace, account)
            .with(spec, "spec");
    return await(
            client.createSubresource(
                Resources.SERVICE_ACCOUNTS, namespace, account, "token", request))
        .status();
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException e) {
      throw e.getCause() instanceof ApiException refused
          ? refused
          : new ContainerConfigException("the API server did not answer: " + e.getCause());
    } catch (TimeoutException e) {
      throw new ContainerConfigException(
          "the API server did not answer within " + TIMEOUT_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContainerConfigException("interrupted while asking the API server");
    }
  }
}

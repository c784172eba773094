package io.kuber.reconcile;

import io.kuber.client.Client;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import java.util.concurrent.CompletionStage;

/** A client whose writes have to pass a fence. For any thread. */
record FencedClient(Client client, Fence fence) implements Client {
  @Override
  public CompletionStage<KubeObject> get(ResourceType type, String namespace, String name) {
    return client.get(type, namespace, name);
  }

  @Override
  public CompletionStage<ObjectList> list(
      ResourceType type, String namespace, ListOptions options) {
    return client.list(type, namespace, options);
  }

  @Override
  public AutoCloseable watch(
      ResourceType type,
      String namespace,
      ListOptions options,
      String resourceVersion,
      WatchListener listener) {
    return client.watch(type, namespace, options, resourceVersion, listener);
  }

  @Override
  public CompletionStage<KubeObject> create(ResourceType type, KubeObject object) {
    return fence.pass(() -> client.create(type, object));
  }

  @Override
  public CompletionStage<KubeObject> createSubresource(
      ResourceType type, String namespace, String name, String subresource, KubeObject body) {
    return fence.pass(() -> client.createSubresource(type, namespace, name, subresource, body));
  }

  @Override
  public CompletionStage<KubeObject> update(ResourceType type, KubeObject object) {
    return fence.pass(() -> client.update(type, object));
  }

  @Override
  public CompletionStage<KubeObject> updateSubresource(
      ResourceType type, String subresource, KubeObject object) {
    return fence.pass(() -> client.updateSubresource(type, subresource, object));
  }

  @Override
  public CompletionStage<KubeObject> patch(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      PatchType patchType,
      Object patch) {
    return fence.pass(() -> client.patch(type, namespace, name, subresource, patchType, patch));
  }

  @Override
  public CompletionStage<KubeObject> apply(
      ResourceType type, String subresource, KubeObject configuration, boolean force) {
    return fence.pass(() -> client.apply(type, subresource, configuration, force));
  }

  @Override
  public CompletionStage<Void> delete(
      ResourceType type, String namespace, String name, DeleteOptions options) {
    return fence.pass(() -> client.delete(type, namespace, name, options));
  }
}

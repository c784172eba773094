package io.kuber.boot;

import io.kuber.client.Client;
import io.kuber.http.Peer;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.server.chain.Credentials;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A client within the process that shows a certificate: each request is refused with 401 when that
 * does not count, or not any more. What was begun before, such as a watch, goes on. For any thread.
 */
final class CertifiedClient implements Client {
  private final Client client;
  private final Supplier<Peer> peers;

  /**
   * Shows a certificate before it asks.
   *
   * @param client acts as whom the certificate names
   * @param peers says for each request whether the certificate counts
   */
  CertifiedClient(Client client, Supplier<Peer> peers) {
    this.client = client;
    this.peers = peers;
  }

  private boolean isKnown() {
    return peers.get().distrust().isEmpty();
  }

  private <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> request) {
    return isKnown() ? request.get() : CompletableFuture.failedStage(Credentials.unauthorized());
  }

  @Override
  public CompletionStage<KubeObject> get(ResourceType type, String namespace, String name) {
    return ask(() -> client.get(type, namespace, name));
  }

  @Override
  public CompletionStage<ObjectList> list(
      ResourceType type, String namespace, ListOptions options) {
    return ask(() -> client.list(type, namespace, options));
  }

  @Override
  public AutoCloseable watch(
      ResourceType type,
      String namespace,
      ListOptions options,
      String resourceVersion,
      WatchListener listener) {
    if (isKnown()) {
      return client.watch(type, namespace, options, resourceVersion, listener);
    }
    listener.ended(Credentials.unauthorized());
    return () -> {};
  }

  @Override
  public CompletionStage<KubeObject> create(ResourceType type, KubeObject object) {
    return ask(() -> client.create(type, object));
  }

  @Override
  public CompletionStage<KubeObject> createSubresource(
      ResourceType type, String namespace, String name, String subresource, KubeObject body) {
    return ask(() -> client.createSubresource(type, namespace, name, subresource, body));
  }

  @Override
  public CompletionStage<KubeObject> update(ResourceType type, KubeObject object) {
    return ask(() -> client.update(type, object));
  }

  @Override
  public CompletionStage<KubeObject> updateSubresource(
      ResourceType type, String subresource, KubeObject object) {
    return ask(() -> client.updateSubresource(type, subresource, object));
  }

  @Override
  public CompletionStage<KubeObject> patch(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      PatchType patchType,
      Object patch) {
    return ask(() -> client.patch(type, namespace, name, subresource, patchType, patch));
  }

  @Override
  public CompletionStage<KubeObject> apply(
      ResourceType type, String subresource, KubeObject configuration, boolean force) {
    return ask(() -> client.apply(type, subresource, configuration, force));
  }

  @Override
  public CompletionStage<Void> delete(
      ResourceType type, String namespace, String name, DeleteOptions options) {
    return ask(() -> client.delete(type, namespace, name, options));
  }
}

package io.kuber.client.local;

import io.kuber.access.User;
import io.kuber.api.Api;
import io.kuber.api.ApiAnswer;
import io.kuber.api.ApiAnswer.Many;
import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiRequest;
import io.kuber.api.ApiRequest.Body;
import io.kuber.api.ReadOptions;
import io.kuber.api.WriteOptions;
import io.kuber.client.Client;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Verb;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Talks to the API of the same process, as one user and with the rights of that user. */
public final class LocalClient implements Client {
  private final Api api;
  private final User user;
  private final Loop loop;

  private final WriteOptions write;

  /**
   * A client of {@code user}; its watches call their listeners on {@code loop}. Fields that it
   * writes are owned by the last part of the user's name, such as {@code kube-scheduler}.
   */
  public LocalClient(Api api, User user, Loop loop) {
    this(api, user, user.name().substring(user.name().lastIndexOf(':') + 1), loop);
  }

  /** The same for a client whose fields are owned by {@code manager}. */
  public LocalClient(Api api, User user, String manager, Loop loop) {
    this.api = api;
    this.user = user;
    this.loop = loop;
    this.write = WriteOptions.DEFAULT.by(manager);
  }

  private ApiRequest request(Verb verb, ResourceType type, String namespace, String name) {
    return ApiRequest.of(verb, type, namespace, name, user).with(write);
  }

  @Override
  public CompletionStage<KubeObject> get(ResourceType type, String namespace, String name) {
    return one(request(Verb.GET, type, namespace, name));
  }

  @Override
  public CompletionStage<ObjectList> list(
      ResourceType type, String namespace, ListOptions options) {
    ReadOptions read = ReadOptions.selecting(options.labelSelector(), options.fieldSelector());
    return answer(request(Verb.LIST, type, namespace, "").with(read), LocalClient::list);
  }

  private static ObjectList list(ApiAnswer answer) {
    Many many = (Many) answer;
    return new ObjectList(many.objects(), many.resourceVersion());
  }

  @Override
  public AutoCloseable watch(
      ResourceType type,
      String namespace,
      ListOptions options,
      String resourceVersion,
      WatchListener listener) {
    ReadOptions read =
        ReadOptions.selecting(options.labelSelector(), options.fieldSelector()).at(resourceVersion);
    LocalWatch watch = new LocalWatch(loop, listener);
    api.ask(request(Verb.WATCH, type, namespace, "").with(read)).whenComplete(watch::begin);
    return watch;
  }

  @Override
  public CompletionStage<KubeObject> create(ResourceType type, KubeObject object) {
    return one(
        request(Verb.CREATE, type, object.namespace(), "").with(new Body.Whole(object.tree())));
  }

  @Override
  public CompletionStage<KubeObject> createSubresource(
      ResourceType type, String namespace, String name, String subresource, KubeObject body) {
    return one(
        request(Verb.CREATE, type, namespace, name)
            .of(subresource)
            .with(new Body.Whole(body.tree())));
  }

  @Override
  public CompletionStage<KubeObject> update(ResourceType type, KubeObject object) {
    return updateSubresource(type, "", object);
  }

  @Override
  public CompletionStage<KubeObject> updateSubresource(
      ResourceType type, String subresource, KubeObject object) {
    return one(
        request(Verb.UPDATE, type, object.namespace(), object.name())
            .of(subresource)
            .with(new Body.Whole(object.tree())));
  }

  @Override
  public CompletionStage<KubeObject> patch(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      PatchType patchType,
      Object patch) {
    return one(
        request(Verb.PATCH, type, namespace, name)
            .of(subresource)
            .with(new Body.Patch(patchType, patch)));
  }

  @Override
  public CompletionStage<KubeObject> apply(
      ResourceType type, String subresource, KubeObject configuration, boolean force) {
    return one(
        request(Verb.PATCH, type, configuration.namespace(), configuration.name())
            .of(subresource)
            .with(write.forcing(force))
            .with(new Body.Patch(PatchType.APPLY, configuration.tree())));
  }

  @Override
  public CompletionStage<Void> delete(
      ResourceType type, String namespace, String name, DeleteOptions options) {
    CompletableFuture<Void> deleted = new CompletableFuture<>();
    api.ask(request(Verb.DELETE, type, namespace, name).with(options))
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                deleted.complete(null);
              } else {
                deleted.completeExceptionally(failure);
              }
            });
    return deleted;
  }

  /** The object of the answer; a Status reads as an object too. */
  private CompletionStage<KubeObject> one(ApiRequest request) {
    return answer(
        request,
        answer ->
            answer instanceof One one
                ? one.object()
                : KubeObject.of(((ApiAnswer.Success) answer).status()));
  }

  /** What is read from the answer; a failure is passed on as it is, not wrapped in another. */
  private <T> CompletionStage<T> answer(ApiRequest request, Function<ApiAnswer, T> reading) {
    CompletableFuture<T> read = new CompletableFuture<>();
    api.ask(request)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                read.completeExceptionally(failure);
                return;
              }
              try {
                read.complete(reading.apply(answer));
              } catch (RuntimeException unreadable) {
                read.completeExceptionally(unreadable);
              }
            });
    return read;
  }
}

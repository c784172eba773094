package io.kuber.testkit.chaos;

import io.kuber.client.Client;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.testkit.chaos.Fault.Dropped;
import io.kuber.testkit.chaos.Fault.Refused;
import io.kuber.testkit.chaos.Fault.Slow;
import io.kuber.testkit.chaos.Fault.Target;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The client of a part of kuber itself, whose requests may go wrong. For any thread. */
final class FaultyClient implements Client {
  private final Faults faults;
  private final Client client;
  private final String agent;
  private final String user;

  FaultyClient(Faults faults, Client client, String agent, String user) {
    this.faults = faults;
    this.client = client;
    this.agent = agent;
    this.user = user;
  }

  private Asked asked(String verb, ResourceType type, String namespace, String name) {
    return Asked.of(verb, type, namespace, name, agent, user);
  }

  /** Without rules nothing is made of the request that nobody would look at. */
  private <T> CompletionStage<T> run(Supplier<Asked> what, Supplier<CompletionStage<T>> request) {
    return faults.isQuiet() ? request.get() : disturbed(what.get(), request);
  }

  private <T> CompletionStage<T> disturbed(Asked asked, Supplier<CompletionStage<T>> request) {
    Fault fault = faults.strike(Target.REQUEST, asked).orElse(null);
    if (fault instanceof Refused refused) {
      return failing(refused.written() && asked.isWrite(), request, Refusals.of(refused, asked));
    }
    if (fault instanceof Dropped dropped) {
      return failing(dropped.written() && asked.isWrite(), request, Refusals.lost());
    }
    if (fault instanceof Slow slow) {
      CompletableFuture<CompletionStage<T>> begun = new CompletableFuture<>();
      faults.later(slow.time(), () -> begun.complete(request.get()));
      return begun.thenCompose(stage -> stage);
    }
    return fault == null ? request.get() : new CompletableFuture<>();
  }

  private static <T> CompletionStage<T> failing(
      boolean afterwards, Supplier<CompletionStage<T>> request, RuntimeException failure) {
    return afterwards
        ? request.get().thenCompose(done -> CompletableFuture.failedStage(failure))
        : CompletableFuture.failedStage(failure);
  }

  @Override
  public CompletionStage<KubeObject> get(ResourceType type, String namespace, String name) {
    return run(() -> asked("get", type, namespace, name), () -> client.get(type, namespace, name));
  }

  @Override
  public CompletionStage<ObjectList> list(
      ResourceType type, String namespace, ListOptions options) {
    return run(
        () -> asked("list", type, namespace, ""), () -> client.list(type, namespace, options));
  }

  @Override
  public AutoCloseable watch(
      ResourceType type,
      String namespace,
      ListOptions options,
      String resourceVersion,
      WatchListener listener) {
    Asked asked = asked("watch", type, namespace, "");
    FaultyWatch watch = new FaultyWatch(faults, asked, listener);
    Fault fault = faults.strike(Target.REQUEST, asked).orElse(null);
    if (fault instanceof Refused refused) {
      watch.end(Refusals.of(refused, asked));
    } else if (fault instanceof Dropped) {
      watch.end(Refusals.lost());
    } else if (fault instanceof Slow slow) {
      faults.later(
          slow.time(),
          () -> watch.begin(client.watch(type, namespace, options, resourceVersion, watch)));
    } else if (fault == null) {
      watch.begin(client.watch(type, namespace, options, resourceVersion, watch));
    }
    return watch;
  }

  @Override
  public CompletionStage<KubeObject> create(ResourceType type, KubeObject object) {
    return run(
        () -> asked("create", type, object.namespace(), object.name()),
        () -> client.create(type, object));
  }

  @Override
  public CompletionStage<KubeObject> createSubresource(
      ResourceType type, String namespace, String name, String subresource, KubeObject body) {
    return run(
        () -> asked("create", type, namespace, name).of(subresource),
        () -> client.createSubresource(type, namespace, name, subresource, body));
  }

  @Override
  public CompletionStage<KubeObject> update(ResourceType type, KubeObject object) {
    return run(
        () -> asked("update", type, object.namespace(), object.name()),
        () -> client.update(type, object));
  }

  @Override
  public CompletionStage<KubeObject> updateSubresource(
      ResourceType type, String subresource, KubeObject object) {
    return run(
        () -> asked("update", type, object.namespace(), object.name()).of(subresource),
        () -> client.updateSubresource(type, subresource, object));
  }

  @Override
  public CompletionStage<KubeObject> patch(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      PatchType patchType,
      Object patch) {
    return run(
        () -> asked("patch", type, namespace, name).of(subresource),
        () -> client.patch(type, namespace, name, subresource, patchType, patch));
  }

  @Override
  public CompletionStage<KubeObject> apply(
      ResourceType type, String subresource, KubeObject configuration, boolean force) {
    return run(
        () -> asked("patch", type, configuration.namespace(), configuration.name()).of(subresource),
        () -> client.apply(type, subresource, configuration, force));
  }

  @Override
  public CompletionStage<Void> delete(
      ResourceType type, String namespace, String name, DeleteOptions options) {
    return run(
        () -> asked("delete", type, namespace, name),
        () -> client.delete(type, namespace, name, options));
  }
}

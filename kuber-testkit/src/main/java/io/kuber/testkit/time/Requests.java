package io.kuber.testkit.time;

import io.kuber.boot.Kuber;
import io.kuber.client.Client;
import io.kuber.json.Yaml;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.ResourceType;
import io.kuber.testkit.manifest.Loaded;
import io.kuber.testkit.manifest.Loading;
import io.kuber.testkit.manifest.Manifests;
import io.kuber.testkit.manifest.Pace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Requests that are answered before anything else happens. For the thread of the simulation. */
final class Requests implements Pace {
  /** So much time passes as controllers need to look. */
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final Client client;
  private final Supplier<Catalogue> catalogue;
  private final SimulatedLoops loops;

  Requests(Client client, Supplier<Catalogue> catalogue, SimulatedLoops loops) {
    this.client = client;
    this.catalogue = catalogue;
    this.loops = loops;
  }

  /** Creates the objects of a YAML stream, in its order. */
  List<KubeObject> create(String yaml) {
    List<KubeObject> created = new ArrayList<>();
    for (Tree tree : Yaml.parseTrees(yaml.getBytes(StandardCharsets.UTF_8))) {
      KubeObject object = KubeObject.of(tree);
      ResourceType type = typeOf(object);
      boolean placed = !type.namespaced() || !object.namespace().isEmpty();
      created.add(
          answer(
              client.create(
                  type, placed ? object : object.with("default", "metadata", "namespace"))));
    }
    return created;
  }

  private ResourceType typeOf(KubeObject object) {
    return catalogue
        .get()
        .findKind(object.apiVersion(), object.kind())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no kind %s of %s is served".formatted(object.kind(), object.apiVersion())))
        .type();
  }

  /** Loads manifests, and returns once all of them are stored. */
  Loaded load(Kuber kuber, Path manifests) {
    try {
      return new Loading(kuber, this).load(Manifests.read(manifests));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the manifests were not loaded: " + e.getMessage(), e);
    }
  }

  @Override
  public void untilIdle() {
    loops.advance(GLANCE);
  }

  @Override
  public <T> T done(CompletionStage<T> stage) {
    if (!stage.toCompletableFuture().isDone()) {
      loops.settle();
    }
    if (!stage.toCompletableFuture().isDone()) {
      throw new IllegalStateException("the request waits for time to pass; send it with client()");
    }
    return stage.toCompletableFuture().join();
  }

  /** What the request came to; throws why it was refused. */
  <T> T answer(CompletionStage<T> stage) {
    try {
      return done(stage);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException refused ? refused : e;
    }
  }
}

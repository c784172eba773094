package io.kuber.testkit.scenario;

import io.kuber.client.Client;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import io.kuber.testkit.report.Census;
import io.kuber.testkit.report.Observation;
import io.kuber.testkit.scenario.ScenarioHalf.Running;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The cluster in which a scenario is played, as its steps see it. Owned by the playing thread. */
final class Arena {
  static final String NAMESPACE = "default";

  /** How often somebody looks who waits. */
  static final Duration LOOK = Duration.ofMillis(100);

  /** Requests under way at the same time. */
  private static final int AT_ONCE = 64;

  private final Client client;
  private final Running running;
  private final Passage passage;

  Arena(Client client, Running running, Passage passage) {
    this.client = client;
    this.running = running;
    this.passage = passage;
  }

  Client client() {
    return client;
  }

  Observation observation() {
    return running.observation();
  }

  Census.Reading census() {
    return running.observation().census().reading();
  }

  void silence(String node) {
    running.nodes().silence(node);
  }

  void revive(String node) {
    running.nodes().revive(node);
  }

  Image image() {
    return running.cluster().store().image();
  }

  Optional<KubeObject> find(ResourceType type, String name) {
    return Optional.ofNullable(image().get(type.key(NAMESPACE, name))).map(Stored::object);
  }

  /** All objects of a kind as they are now, parsed for the caller alone. */
  List<KubeObject> all(ResourceType type) {
    List<KubeObject> all = new ArrayList<>();
    image().scan(type.qualifiedName(), "", null).forEachRemaining(each -> all.add(each.passing()));
    return all;
  }

  void pass(Duration time) throws InterruptedException {
    passage.pass(time);
  }

  /** Lets time pass until it is so; returns whether it was in time. */
  boolean await(Duration atMost, BooleanSupplier isSo) throws InterruptedException {
    double end = observation().census().now() + atMost.toNanos() / 1e9;
    while (!isSo.getAsBoolean()) {
      if (observation().census().now() >= end) {
        return false;
      }
      passage.pass(LOOK);
    }
    return true;
  }

  /** Requests of one step: some at a time, and none is forgotten. */
  final class Requests {
    private final Deque<CompletableFuture<?>> underWay = new ArrayDeque<>();

    void add(CompletionStage<?> request) throws InterruptedException {
      underWay.addLast(request.toCompletableFuture());
      if (underWay.size() >= AT_ONCE) {
        finish(underWay.removeFirst());
      }
    }

    void finish() throws InterruptedException {
      while (!underWay.isEmpty()) {
        finish(underWay.removeFirst());
      }
    }

    private void finish(CompletableFuture<?> request) throws InterruptedException {
      Duration patience = Duration.ofMinutes(1);
      if (!request.isDone() && !await(patience, request::isDone)) {
        throw new StepFailedException("a request has no answer after " + patience);
      }
      try {
        request.join();
      } catch (CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw new StepFailedException("a request was refused: " + cause.getMessage());
      }
    }
  }
}

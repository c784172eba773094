package io.kuber.testkit.node;

import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.testkit.node.PodStage.Place;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads the pods of all simulated nodes from stage to stage. Owned by one loop. */
final class PodRunner implements PodWatch.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(PodRunner.class);

  /** How long a pod waits before it tries once more what the API refused. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Client client;
  private final Loop loop;
  private final InstantSource clock;
  private final Map<String, SimulatedNode> nodes;
  private final List<PodStage> stages;
  private final Map<Key, SimulatedPod> pods = new LinkedHashMap<>();

  PodRunner(
      Client client,
      Loop loop,
      InstantSource clock,
      Map<String, SimulatedNode> nodes,
      List<PodStage> stages) {
    this.client = client;
    this.loop = loop;
    this.clock = clock;
    this.nodes = nodes;
    this.stages = stages;
  }

  @Override
  public void all(List<KubeObject> objects) {
    Set<Key> there = objects.stream().map(Resources.PODS::keyOf).collect(Collectors.toSet());
    for (Key key : List.copyOf(pods.keySet())) {
      if (!there.contains(key)) {
        end(key);
      }
    }
    objects.forEach(this::learn);
    new ArrayList<>(pods.values()).forEach(this::follow);
  }

  @Override
  public void seen(KubeObject object) {
    learn(object);
    SimulatedPod pod = pods.get(Resources.PODS.keyOf(object));
    if (pod != null) {
      follow(pod);
    }
  }

  @Override
  public void gone(KubeObject object) {
    end(Resources.PODS.keyOf(object));
  }

  private void learn(KubeObject object) {
    Key key = Resources.PODS.keyOf(object);
    SimulatedPod known = pods.get(key);
    if (known != null && known.is(object)) {
      known.now(object);
      return;
    }
    end(key);
    SimulatedNode node = nodes.get(Pods.nodeName(object));
    if (node != null) {
      pods.put(key, new SimulatedPod(node, object));
    }
  }

  private void end(Key key) {
    SimulatedPod pod = pods.remove(key);
    if (pod != null) {
      pod.end();
    }
  }

  /** Takes up the pods of a node that was silent. */
  void resume(SimulatedNode node) {
    for (SimulatedPod pod : List.copyOf(pods.values())) {
      if (pod.node() == node) {
        follow(pod);
      }
    }
  }

  /** The pods that are being started or stopped, in words; those of silent nodes are not. */
  List<String> underWay() {
    return pods.values().stream()
        .filter(SimulatedPod::isUnderWay)
        .map(SimulatedPod::toString)
        .toList();
  }

  /** Ends all: nothing is due any more. */
  void stop() {
    List.copyOf(pods.keySet()).forEach(this::end);
  }

  /** Makes the stage that comes next due, unless it is already. */
  private void follow(SimulatedPod pod) {
    PodStage next = PodStage.next(stages, pod.object()).orElse(null);
    if (pod.isEnded() || pod.isAwaiting(next)) {
      return;
    }
    pod.stopWaiting();
    if (next != null) {
      Duration delay = next.delay().apply(pod.object());
      pod.await(next, loop.schedule(delay, () -> enter(pod, next)));
    }
  }

  private void enter(SimulatedPod pod, PodStage stage) {
    pod.stopWaiting();
    if (pod.isEnded() || pod.node().isSilent()) {
      return;
    }
    write(pod, stage)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.debug("pod {} is not yet {}", pod.object().name(), stage.name(), failure);
                loop.schedule(RETRY, () -> follow(pod));
              }
            });
  }

  private CompletionStage<?> write(SimulatedPod pod, PodStage stage) {
    KubeObject object = pod.object();
    if (stage.status().isEmpty()) {
      DeleteOptions now = new DeleteOptions(0, "", object.uid(), "");
      return client.delete(Resources.PODS, object.namespace(), object.name(), now);
    }
    Place place = new Place(pod.node().hostIp(), pod.address());
    Tree status = stage.status().get().of(object, place, clock.instant());
    return client.updateSubresource(Resources.PODS, "status", object.with(status, "status"));
  }
}

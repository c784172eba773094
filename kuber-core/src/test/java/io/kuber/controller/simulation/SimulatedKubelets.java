package io.kuber.controller.simulation;

import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Delta;
import io.kuber.store.Key;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler that throws dice (but keeps to the node that a pod of a DaemonSet asks for) and the
 * nodes behind it, which lead each pod through its {@link Lot}. They see everything at once, and
 * their writes do not fail.
 */
final class SimulatedKubelets {
  /** How long a pod waits that finds no node. */
  private static final Duration NO_NODE = Duration.ofSeconds(1);

  private static final int MAX_BINDING_MILLIS = 200;

  /** Addresses of pods; later pods get those of earlier ones again. */
  private static final int ADDRESSES = 250;

  private final Store store;
  private final Client client;
  private final SimulatedLoops loops;
  private final Loop loop;
  private final Entropy entropy;
  private final Map<String, Lot> lots = new HashMap<>();
  private final Map<String, Awaited> awaited = new HashMap<>();
  private final List<String> nodes = new ArrayList<>();
  private final Set<String> silent = new HashSet<>();
  private Lots drawn = Lots.CALM;
  private int started;

  SimulatedKubelets(Store store, Client client, SimulatedLoops loops) {
    this.store = store;
    this.client = client;
    this.loops = loops;
    this.loop = loops.loop("kubelets");
    this.entropy = loops.entropy();
  }

  private enum Turn {
    BIND,
    START,
    READY,
    END,
    STOP
  }

  private record Awaited(Turn turn, Loop.Timer timer) {}

  void join(String node) {
    silent.remove(node);
    if (!nodes.contains(node)) {
      nodes.add(node);
    }
    Step.all(store.image(), Resources.PODS).forEach(this::follow);
  }

  /** The node does nothing from now on. */
  void silence(String node) {
    silent.add(node);
  }

  void forget(String node) {
    nodes.remove(node);
    silent.remove(node);
  }

  List<String> running() {
    return nodes.stream().filter(node -> !silent.contains(node)).toList();
  }

  /** Draws from these lots from now on, also for pods that are there. */
  void draw(Lots next) {
    drawn = next;
    lots.clear();
    List.copyOf(awaited.values()).forEach(due -> due.timer().cancel());
    awaited.clear();
    Step.all(store.image(), Resources.PODS).forEach(this::follow);
  }

  void changed(Delta delta) {
    if (delta.key().resource().equals(Resources.PODS.qualifiedName())) {
      if (delta.deleted()) {
        stopWaiting(delta.after().object().uid());
        lots.remove(delta.after().object().uid());
      } else {
        follow(delta.after().object());
      }
    }
  }

  private void follow(KubeObject pod) {
    Lot lot = lots.computeIfAbsent(pod.uid(), unused -> drawn.of(pod, entropy));
    @Nullable Turn next = next(pod, lot);
    Awaited now = awaited.get(pod.uid());
    if (now != null && now.turn() == next) {
      return;
    }
    stopWaiting(pod.uid());
    if (next != null) {
      await(pod, next, delay(next, lot));
    }
  }

  private void await(KubeObject pod, Turn turn, Duration delay) {
    Key key = Resources.PODS.keyOf(pod);
    String uid = pod.uid();
    awaited.put(uid, new Awaited(turn, loop.schedule(delay, () -> take(key, uid, turn))));
  }

  private void stopWaiting(String uid) {
    Awaited due = awaited.remove(uid);
    if (due != null) {
      due.timer().cancel();
    }
  }

  private static @Nullable Turn next(KubeObject pod, Lot lot) {
    boolean bound = !Pods.nodeName(pod).isEmpty();
    if (pod.isBeingDeleted()) {
      return bound && pod.metadata().number(1, "deletionGracePeriodSeconds") > 0 ? Turn.STOP : null;
    } else if (!bound) {
      return Pods.isFinished(pod) ? null : Turn.BIND;
    } else if (Pods.phase(pod).equals("Pending")) {
      return Turn.START;
    } else if (Pods.isFinished(pod)) {
      return null;
    } else if (!Pods.isReady(pod) && !lot.ready().isNegative()) {
      return Turn.READY;
    }
    return lot.end().isNegative() ? null : Turn.END;
  }

  private Duration delay(Turn turn, Lot lot) {
    return switch (turn) {
      case BIND -> Duration.ofMillis(entropy.below(MAX_BINDING_MILLIS));
      case START -> lot.start();
      case READY -> lot.ready();
      case END -> lot.end();
      case STOP -> lot.stop();
    };
  }

  private void take(Key key, String uid, Turn turn) {
    awaited.remove(uid);
    Stored stored = store.image().get(key);
    if (stored == null || !stored.object().uid().equals(uid)) {
      return;
    }
    KubeObject pod = stored.object();
    if (turn == Turn.BIND) {
      bind(pod);
    } else if (!silent.contains(Pods.nodeName(pod)) && nodes.contains(Pods.nodeName(pod))) {
      act(pod, turn);
    }
  }

  private void act(KubeObject pod, Turn turn) {
    Lot lot = lots.getOrDefault(pod.uid(), Lot.steady(NO_NODE, NO_NODE, NO_NODE));
    switch (turn) {
      case START -> report(addressed(pod), "Running", false, Tree.of("running", Tree.EMPTY));
      case READY -> report(pod, "Running", true, Tree.of("running", Tree.EMPTY));
      case END ->
          report(
              pod,
              lot.exitCode() == 0 ? "Succeeded" : "Failed",
              false,
              Tree.of("terminated", terminated(lot.exitCode())));
      default ->
          client.delete(
              Resources.PODS, pod.namespace(), pod.name(), new DeleteOptions(0, "", pod.uid(), ""));
    }
  }

  private KubeObject addressed(KubeObject pod) {
    String ip = "10.244.0." + (1 + started++ % ADDRESSES);
    return pod.with(ip, "status", "podIP").with(Items.of(Tree.of("ip", ip)), "status", "podIPs");
  }

  private Tree terminated(int exitCode) {
    String time = loops.clock().instant().toString();
    return Tree.of("exitCode", (long) exitCode, "startedAt", time, "finishedAt", time);
  }

  /** Says that the pod is as given. */
  void report(KubeObject pod, String phase, boolean ready, Tree state) {
    Instant now = loops.clock().instant();
    List<Tree> containers = new ArrayList<>();
    for (Tree container : pod.spec().items("containers").trees()) {
      containers.add(
          Tree.of(
              "name",
              container.text("name"),
              "image",
              container.text("image"),
              "imageID",
              "",
              "ready",
              ready,
              "restartCount",
              0L,
              "state",
              state));
    }
    Tree status =
        Condition.of("Ready", ready ? "True" : "False", "Simulated", "", now)
            .putInto(pod.status())
            .with("phase", phase)
            .with("containerStatuses", Items.copyOf(containers));
    client.updateSubresource(Resources.PODS, "status", pod.with(status, "status"));
  }

  private void bind(KubeObject pod) {
    Optional<String> place = place(pod);
    if (place.isEmpty()) {
      await(pod, Turn.BIND, NO_NODE);
      return;
    }
    Tree binding =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "Binding",
            "metadata",
            Tree.of("name", pod.name(), "namespace", pod.namespace()),
            "target",
            Tree.of("kind", "Node", "name", place.get()));
    client.createSubresource(
        Resources.PODS, pod.namespace(), pod.name(), "binding", KubeObject.of(binding));
  }

  private Optional<String> place(KubeObject pod) {
    List<String> open = running();
    Optional<String> asked = askedNode(pod);
    if (asked.isPresent()) {
      return asked.filter(open::contains);
    }
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get(entropy.below(open.size())));
  }

  /** The node that a pod of a DaemonSet asks for by its name. */
  private static Optional<String> askedNode(KubeObject pod) {
    return pod
        .spec()
        .tree("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
        .items("nodeSelectorTerms")
        .trees()
        .stream()
        .flatMap(term -> term.items("matchFields").trees().stream())
        .filter(field -> field.text("key").equals("metadata.name"))
        .map(field -> field.items("values").texts().get(0))
        .findFirst();
  }
}

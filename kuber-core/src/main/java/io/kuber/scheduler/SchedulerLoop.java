package io.kuber.scheduler;

import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Backoff;
import io.kuber.reconcile.EventRecorder;
import io.kuber.reconcile.Note;
import io.kuber.resource.Resources;
import io.kuber.scheduler.plugin.PodDemand;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes pending pods one after the other, decides, and binds without waiting. A pod that found no
 * node is tried again when a node changes or a pod leaves one, after a wait that grows.
 *
 * <p>Started and stopped as this process gains and loses leadership.
 */
public final class SchedulerLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerLoop.class);
  private static final String NODES = Resources.NODES.qualifiedName();
  private static final String PODS = Resources.PODS.qualifiedName();

  /** Pods decided before the loop may turn to something else. */
  private static final int MAX_PODS_PER_TURN = 64;

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration MAX_RETRY = Duration.ofSeconds(10);

  /** A pod is tried again after this time though nothing changed that could help it. */
  private static final Duration MAX_REST = Duration.ofMinutes(5);

  private final Store store;
  private final Client client;
  private final Loops loops;
  private final Loop loop;

  /** What runs between a start and a stop; written on {@link #loop} only. */
  private @Nullable Run current;

  /** A scheduler that reads the store and binds through the client. */
  public SchedulerLoop(Store store, Client client, Loops loops) {
    this.store = store;
    this.client = client;
    this.loops = loops;
    this.loop = loops.loop("scheduler");
  }

  /** Starts; does nothing when started already. May be called from any thread. */
  public void start() {
    loop.execute(
        () -> {
          if (current == null) {
            Run run = new Run();
            current = run;
            run.begin();
          }
        });
  }

  /** Stops: nothing new is decided. May be called from any thread. */
  public void stop() {
    loop.execute(
        () -> {
          if (current != null) {
            store.unsubscribe(current);
            current = null;
          }
        });
  }

  /** One term of leadership. */
  private final class Run implements Store.Listener {
    private final Cluster cluster = new Cluster();
    private final PendingPods pending = new PendingPods();
    private final Set<Key> resting = new LinkedHashSet<>();
    private final Backoff<Key> backoff = new Backoff<>(FIRST_RETRY, MAX_RETRY);
    private final EventRecorder events = new EventRecorder(client, loops.clock());
    private final Placement placement =
        new Placement(DefaultProfile.FILTERS, DefaultProfile.SCORES, loops.entropy());
    private boolean turnIsDue;

    void begin() {
      Image base = store.subscribe(this);
      base.scan(NODES, "", null).forEachRemaining(stored -> cluster.putNode(stored.object()));
      base.scan(PODS, "", null).forEachRemaining(this::podChanged);
      keepTrying();
    }

    private boolean isOver() {
      return current != this;
    }

    @Override
    public void changed(Delta delta, Image image) {
      String resource = delta.key().resource();
      if (resource.equals(PODS) || resource.equals(NODES)) {
        loop.execute(() -> take(delta));
      }
    }

    private void take(Delta delta) {
      if (isOver()) {
        return;
      }
      if (delta.key().resource().equals(NODES)) {
        nodeChanged(delta);
      } else if (delta.deleted()) {
        podGone(delta.key());
      } else {
        podChanged(delta.after());
      }
    }

    private void nodeChanged(Delta delta) {
      if (delta.deleted()) {
        cluster.removeNode(delta.key().name());
      } else {
        cluster.putNode(delta.after().object());
        if (changesPlaces(delta)) {
          wakeResting();
        }
      }
    }

    /** Heartbeats change nothing for pods that wait. */
    private boolean changesPlaces(Delta delta) {
      Stored before = delta.before();
      if (before == null) {
        return true;
      }
      KubeObject old = before.object();
      KubeObject now = delta.after().object();
      return !old.spec().equals(now.spec())
          || !old.metadata().tree("labels").equals(now.metadata().tree("labels"))
          || !old.status().tree("allocatable").equals(now.status().tree("allocatable"));
    }

    private void podGone(Key key) {
      pending.remove(key);
      resting.remove(key);
      backoff.forget(key);
      if (cluster.remove(key)) {
        wakeResting();
      }
    }

    private void podChanged(Stored stored) {
      KubeObject pod = stored.object();
      Key key = stored.key();
      if (Cluster.takesRoom(pod)) {
        pending.remove(key);
        resting.remove(key);
        backoff.forget(key);
        cluster.place(key, PodDemand.of(pod), Pods.nodeName(pod));
      } else if (isOurs(pod)) {
        if (pending.put(key, pod)) {
          pending.makeReady(key);
          takeTurn();
        }
      } else {
        podGone(key);
      }
    }

    private boolean isOurs(KubeObject pod) {
      String scheduler = pod.spec().text("schedulerName");
      return Pods.nodeName(pod).isEmpty()
          && Pods.isActive(pod)
          && (scheduler.isEmpty() || scheduler.equals(DefaultProfile.NAME))
          && pod.spec().items("schedulingGates").isEmpty();
    }

    private void wakeResting() {
      List<Key> woken = List.copyOf(resting);
      resting.clear();
      woken.forEach(key -> loop.schedule(backoff.failed(key), () -> retry(key)));
    }

    private void keepTrying() {
      loop.schedule(
          MAX_REST,
          () -> {
            if (!isOver()) {
              wakeResting();
              keepTrying();
            }
          });
    }

    private void retry(Key key) {
      pending.makeReady(key);
      takeTurn();
    }

    private void takeTurn() {
      if (!turnIsDue && !isOver()) {
        turnIsDue = true;
        loop.execute(this::turn);
      }
    }

    private void turn() {
      turnIsDue = false;
      for (int decided = 0; decided < MAX_PODS_PER_TURN && !isOver(); decided++) {
        Optional<Key> key = pending.next();
        if (key.isEmpty()) {
          return;
        }
        pending.find(key.get()).ifPresent(pod -> decide(key.get(), pod));
      }
      takeTurn();
    }

    private void decide(Key key, KubeObject pod) {
      PodDemand demand = PodDemand.of(pod);
      Placement.Decision decision = placement.decide(demand, cluster.nodes());
      if (decision instanceof Placement.Decision.Place place) {
        cluster.place(key, demand, place.node().name());
        bind(key, pod, place.node().name());
      } else if (decision instanceof Placement.Decision.Nowhere nowhere) {
        resting.add(key);
        report(pod, nowhere.message());
      }
    }

    private void bind(Key key, KubeObject pod, String node) {
      Tree body =
          Tree.of(
              "apiVersion",
              "v1",
              "kind",
              "Binding",
              "metadata",
              Tree.of("name", pod.name(), "namespace", pod.namespace(), "uid", pod.uid()),
              "target",
              Tree.of("kind", "Node", "name", node));
      client
          .createSubresource(
              Resources.PODS, pod.namespace(), pod.name(), "binding", KubeObject.of(body))
          .whenComplete(
              (bound, failure) -> loop.execute(() -> boundOrNot(key, pod, node, failure)));
    }

    private void boundOrNot(Key key, KubeObject pod, String node, @Nullable Throwable failure) {
      if (isOver()) {
        return;
      }
      if (failure == null) {
        String text =
            "Successfully assigned %s/%s to %s".formatted(pod.namespace(), pod.name(), node);
        events.record(DefaultProfile.NAME, Note.normal(pod, "Scheduled", text));
        return;
      }
      LOG.warn("pod {}/{} could not be bound: {}", pod.namespace(), pod.name(), node, failure);
      if (pending.find(key).isPresent()) {
        cluster.remove(key);
        loop.schedule(backoff.failed(key), () -> retry(key));
      }
    }

    private void report(KubeObject pod, String message) {
      events.record(DefaultProfile.NAME, Note.warning(pod, "FailedScheduling", message));
      Optional<Condition> old = Condition.find(pod.status(), "PodScheduled");
      if (old.filter(o -> o.tree().text("message").equals(message)).isPresent()) {
        return;
      }
      String since =
          old.filter(o -> o.status().equals("False"))
              .map(o -> o.tree().text("lastTransitionTime"))
              .orElse(Timestamps.seconds(loops.clock().instant()));
      Tree condition =
          Tree.of(
              "type", "PodScheduled",
              "status", "False",
              "lastTransitionTime", since,
              "reason", "Unschedulable",
              "message", message);
      Tree patch = Tree.EMPTY.withAt(Items.of(condition), "status", "conditions");
      client
          .patch(Resources.PODS, pod.namespace(), pod.name(), "status", PatchType.STRATEGIC, patch)
          .whenComplete(
              (patched, failure) -> {
                if (failure != null) {
                  LOG.debug("pod {} does not learn why it waits", pod.name(), failure);
                }
              });
    }
  }
}

package io.kuber.node;

import io.kuber.client.Client;
import io.kuber.loop.Loop;
import io.kuber.node.ContainerState.Problem;
import io.kuber.node.PodState.Verdict;
import io.kuber.node.feed.ObjectFeed;
import io.kuber.node.stats.LivePod;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pods that are bound to this node or declared by its files, a worker for each. Owned by the
 * node's loop.
 */
final class NodePods implements ObjectFeed.Listener {
  private final PodMachinery machinery;
  private final Client client;
  private final PodEvents events;
  private final Loop loop;
  private final Executor workers;
  private final Map<String, PodWorker> pods = new LinkedHashMap<>();
  private final PodAdmission admission;
  private final OwnNode node;
  private final EarlierPods earlier;
  private final MirrorPods mirrors;
  private Set<String> declared = Set.of();
  private boolean closed;

  NodePods(
      PodMachinery machinery,
      Client client,
      PodEvents events,
      Loop loop,
      Executor workers,
      OwnNode node) {
    this.machinery = machinery;
    this.client = client;
    this.events = events;
    this.loop = loop;
    this.workers = workers;
    this.node = node;
    this.admission = new PodAdmission(machinery.config().allocatable());
    this.mirrors = new MirrorPods(client, loop, node::newest, this::mirrored);
    this.earlier = new EarlierPods(machinery, loop, workers, this::inherit);
  }

  @Override
  public void listed(List<KubeObject> all) {
    mirrors.listed(all.stream().filter(StaticPod::isMirror).toList());
    List<KubeObject> bound =
        all.stream().filter(pod -> !StaticPod.isMirror(pod)).map(StaticPod::fromApi).toList();
    Set<String> uids = bound.stream().map(KubeObject::uid).collect(Collectors.toSet());
    uids.addAll(declared);
    List.copyOf(pods.values()).stream()
        .filter(known -> !StaticPod.is(known.object()) && !uids.contains(known.object().uid()))
        .forEach(PodWorker::removed);
    bound.forEach(this::run);
    earlier.removeOthers(uids);
  }

  @Override
  public void changed(KubeObject pod) {
    if (StaticPod.isMirror(pod)) {
      mirrors.changed(pod);
    } else {
      run(StaticPod.fromApi(pod));
    }
  }

  private void run(KubeObject pod) {
    if (closed) {
      return;
    }
    PodWorker worker = pods.get(pod.uid());
    if (worker != null) {
      worker.changed(pod);
    } else if (!earlier.holds(pod)) {
      begin(pod, Inheritance.none(machinery, loop, workers, pod));
    }
  }

  /** These are all pods that files of the node declare, by their uids. */
  void declared(Map<String, KubeObject> files) {
    declared = Set.copyOf(files.keySet());
    List<PodWorker> known =
        pods.values().stream().filter(worker -> StaticPod.is(worker.object())).toList();
    known.stream()
        .filter(worker -> !files.containsKey(worker.object().uid()))
        .forEach(PodWorker::withdrawn);
    Set<String> taken =
        known.stream()
            .map(worker -> worker.object().namespace() + "/" + worker.object().name())
            .collect(Collectors.toSet());
    files.values().stream()
        .filter(pod -> !taken.contains(pod.namespace() + "/" + pod.name()))
        .forEach(this::run);
  }

  private PodWorker begin(KubeObject pod, Inheritance inheritance) {
    String uid = pod.uid();
    PodWorker worker =
        new PodWorker(
            machinery, client, events, loop, workers, pod, inheritance, new PlaceOf(this, uid));
    if (isNew(pod) && inheritance.running().isEmpty()) {
      refusal(pod).ifPresent(worker::refuse);
    }
    pods.put(uid, worker);
    worker.changed(pod);
    if (StaticPod.is(pod)) {
      mirrors.show(pod);
    }
    return worker;
  }

  /** Why the node does not take a pod; for a critical one, others may have to go. */
  private Optional<Verdict> refusal(KubeObject pod) {
    List<KubeObject> others = others(pod.uid());
    Optional<Verdict> refusal = admission.refusal(pod, others, node.newest());
    if (refusal.isEmpty() || !Preemption.isCritical(pod)) {
      return refusal;
    }
    List<KubeObject> victims = Preemption.victims(pod, others, admission.missing(pod, others));
    List<KubeObject> rest = new ArrayList<>(others);
    rest.removeAll(victims);
    Optional<Verdict> still = admission.refusal(pod, rest, node.newest());
    if (still.isEmpty()) {
      victims.forEach(victim -> giveUp(victim.uid(), Verdict.preempted()));
    }
    return still;
  }

  private void giveUp(String uid, Verdict why) {
    PodWorker worker = pods.get(uid);
    if (worker != null) {
      worker.giveUp(why);
    }
  }

  private void mirrored(String uid) {
    PodWorker worker = pods.get(uid);
    if (worker != null) {
      worker.mirrored();
    }
  }

  private void inherit(KubeObject pod, Inheritance inheritance, boolean isGone) {
    if (closed) {
      return;
    }
    PodWorker worker = begin(pod, inheritance);
    if (isGone) {
      worker.removed();
    }
  }

  /** A pod that an earlier run of the agent took is not asked for room again. */
  private static boolean isNew(KubeObject pod) {
    return pod.status().text("startTime").isEmpty() && !pod.isBeingDeleted();
  }

  /** What is allocated to all pods but one that have not ended. */
  private List<KubeObject> others(String uid) {
    return pods.values().stream()
        .filter(PodWorker::isActive)
        .map(PodWorker::allocated)
        .filter(pod -> !pod.uid().equals(uid))
        .toList();
  }

  /** What a pod's worker knows of the node around it. */
  private record PlaceOf(NodePods pods, String uid) implements PodWorker.Place {
    @Override
    public Optional<Problem> noRoom(KubeObject wanted) {
      return pods.admission.noRoom(wanted, pods.others(uid));
    }

    @Override
    public void gone() {
      PodWorker gone = pods.pods.remove(uid);
      if (gone != null && StaticPod.is(gone.object())) {
        pods.mirrors.hide(gone.object());
      }
    }
  }

  @Override
  public void removed(KubeObject pod) {
    if (StaticPod.isMirror(pod)) {
      mirrors.removed(pod);
      return;
    }
    PodWorker worker = pods.get(pod.uid());
    if (worker != null) {
      worker.removed();
    } else {
      earlier.removed(pod);
    }
  }

  /** Ends a pod for good, whatever its containers do. */
  void evict(String uid, String message) {
    giveUp(uid, Verdict.evicted(message));
  }

  /** What runs of all pods. */
  List<LivePod> live() {
    return pods.values().stream().map(PodWorker::live).toList();
  }

  /**
   * The worker of a pod, or of the static pod that an object of that uid shows, if there is one.
   */
  @Nullable PodWorker worker(String uid) {
    return pods.get(mirrors.shownBy(uid).orElse(uid));
  }

  /** References and ids of the images that pods have and will have. */
  Set<String> images() {
    return pods.values().stream()
        .flatMap(worker -> PodImages.inUse(worker.object(), worker.state()))
        .collect(Collectors.toSet());
  }

  /** Lets go of all pods; returns what of them is on this machine. */
  List<PodAssembly> abandon() {
    closed = true;
    mirrors.close();
    List<PodAssembly> assemblies = pods.values().stream().map(PodWorker::assembly).toList();
    pods.values().forEach(PodWorker::abandon);
    pods.clear();
    return assemblies;
  }
}

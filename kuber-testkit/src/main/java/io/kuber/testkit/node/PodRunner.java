package io.kuber.testkit.node;

import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.EventRecorder;
import io.kuber.reconcile.Note;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.testkit.node.Lives.Due;
import io.kuber.testkit.node.script.PodScript;
import io.kuber.testkit.node.stage.DefaultStages;
import io.kuber.testkit.node.stage.PodState;
import io.kuber.testkit.node.stage.Stage;
import io.kuber.testkit.node.stage.Stage.Outcome;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads the pods of all simulated nodes from state to state. Owned by one loop. */
final class PodRunner implements PodWatch.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(PodRunner.class);

  /** How long a pod waits before it tries once more what the API refused. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Scripts that were handed over while the nodes were at work; the oldest go. */
  private static final int MAX_SCRIPTS = 1_000;

  private final Client client;
  private final Loop loop;
  private final InstantSource clock;
  private final Map<String, SimulatedNode> nodes;
  private final Lives lives;
  private final Programs programs;
  private final EventRecorder events;
  private final ScriptedPods scripted;
  private final Map<Key, SimulatedPod> pods = new LinkedHashMap<>();
  private final Deque<PodScript> latest = new ArrayDeque<>();

  PodRunner(
      Client client,
      Loops loops,
      Loop loop,
      Map<String, SimulatedNode> nodes,
      ScriptedPods scripted) {
    this.client = client;
    this.loop = loop;
    this.clock = loops.clock();
    this.nodes = nodes;
    this.lives = new Lives(loops.entropy());
    this.programs = new Programs(loops, loop);
    this.events = new EventRecorder(client, clock);
    this.scripted = scripted;
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
      SimulatedPod pod = new SimulatedPod(node, object, scriptOf(node, object));
      pods.put(key, pod);
      scripted.add(pod);
    }
  }

  private Optional<PodScript> scriptOf(SimulatedNode node, KubeObject pod) {
    return latest.stream()
        .filter(script -> script.pods().test(pod))
        .findFirst()
        .or(() -> node.settings().behaviour().scriptOf(pod));
  }

  /** A script for pods that are seen from now on, before all others. */
  void follow(PodScript script) {
    latest.addFirst(script);
    if (latest.size() > MAX_SCRIPTS) {
      latest.removeLast();
    }
  }

  private void end(Key key) {
    SimulatedPod pod = pods.remove(key);
    if (pod != null) {
      pod.end();
      scripted.remove(pod);
    }
  }

  /** Runs what may take its time, on a thread that programs have. For any thread. */
  void run(Runnable task) {
    loop.execute(() -> programs.run(task));
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

  /** Lets the containers work as they should, and makes the stage that comes next due. */
  private void follow(SimulatedPod pod) {
    if (pod.isEnded()) {
      return;
    }
    PodState state = PodState.of(pod.object());
    pod.attempts().saw(state, pod.object());
    work(pod, state);
    if (isProbeToBeFollowed(pod, state)) {
      enter(pod, new Move(state, probed(pod), Outcome.PLAIN));
    } else {
      await(pod, lives.next(pod));
    }
  }

  /** Containers work from their start to their end, also those that a node took up. */
  private void work(SimulatedPod pod, PodState state) {
    boolean runs = state == PodState.RUNNING || state == PodState.READY;
    if (!runs) {
      pod.rests();
    } else if (pod.work() == null) {
      PodWork begun = new PodWork(pod);
      pod.works(begun);
      begun.begin(programs, loop, new Findings(pod, begun));
    }
  }

  private static boolean isProbeToBeFollowed(SimulatedPod pod, PodState state) {
    return pod.isProbed()
        && (state == PodState.RUNNING || state == PodState.READY)
        && state != probed(pod);
  }

  /** Where the probes want the pod. */
  private static PodState probed(SimulatedPod pod) {
    PodWork work = pod.work();
    return work != null && work.isReady() ? PodState.READY : PodState.RUNNING;
  }

  private void await(SimulatedPod pod, Optional<Due> due) {
    Stage next = due.map(Due::stage).orElse(null);
    if (pod.isAwaiting(next)) {
      return;
    }
    pod.stopWaiting();
    due.ifPresent(
        stage ->
            pod.await(
                stage.stage(),
                loop.schedule(stage.delay(), () -> enter(pod, lives.enter(stage.stage())))));
  }

  /** Makes the move, unless the pod has gone elsewhere meanwhile; again until it worked. */
  private void enter(SimulatedPod pod, Move move) {
    pod.stopWaiting();
    if (pod.isEnded() || pod.node().isSilent()) {
      return;
    }
    if (PodState.of(pod.object()) != move.from()) {
      follow(pod);
      return;
    }
    boolean untilProbed =
        move.to() == PodState.READY && pod.isProbed() && move.from() != PodState.RUNNING;
    Move made = untilProbed ? new Move(move.from(), PodState.RUNNING, move.outcome()) : move;
    write(pod, made)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.debug("pod {} is not yet {}", pod.object().name(), made.to(), failure);
                loop.schedule(RETRY, () -> again(pod, move));
              }
            });
  }

  private void again(SimulatedPod pod, Move move) {
    if (pod.isAwaiting(null)) {
      enter(pod, move);
    }
  }

  private CompletionStage<?> write(SimulatedPod pod, Move move) {
    KubeObject object = pod.object();
    if (move.to() == PodState.GONE) {
      DeleteOptions now = new DeleteOptions(0, "", object.uid(), "");
      return client.delete(Resources.PODS, object.namespace(), object.name(), now);
    }
    Instant now = pod.node().time(clock.instant());
    Place place = new Place(pod.node().hostIp(), pod.address());
    Tree status = PodStatuses.of(move, object, place, pause(pod), now);
    return client
        .updateSubresource(Resources.PODS, "status", object.with(status, "status"))
        .thenAccept(written -> loop.execute(() -> PodNotes.of(move, object).forEach(this::note)));
  }

  /** How long a pod whose containers have ended waits for the next start. */
  private Duration pause(SimulatedPod pod) {
    return DefaultStages.BACK_OFF.before(pod.attempts().of(PodState.BACK_OFF));
  }

  private void note(Note note) {
    events.record("kubelet", note);
  }

  /** What comes of the work of a pod, as long as it is the work that the pod does. */
  private final class Findings implements PodWork.Findings {
    private final SimulatedPod pod;
    private final PodWork work;

    Findings(SimulatedPod pod, PodWork work) {
      this.pod = pod;
      this.work = work;
    }

    @Override
    public void ended(int exitCode) {
      if (pod.work() != work || pod.isEnded()) {
        return;
      }
      if (pod.node().isSilent()) {
        loop.schedule(RETRY, () -> ended(exitCode));
        return;
      }
      boolean well = exitCode == 0 && !pod.object().spec().text("restartPolicy").equals("Always");
      PodState to = well ? PodState.SUCCEEDED : PodState.CRASHED;
      Move move = new Move(PodState.of(pod.object()), to, new Outcome(exitCode, ""));
      enter(pod, move);
    }

    @Override
    public void changed() {
      follow(pod);
    }

    @Override
    public void note(boolean warning, String reason, String message) {
      if (!pod.node().isSilent()) {
        PodRunner.this.note(
            warning
                ? Note.warning(pod.object(), reason, message)
                : Note.normal(pod.object(), reason, message));
      }
    }
  }
}

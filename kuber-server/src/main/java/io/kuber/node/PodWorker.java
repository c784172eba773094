package io.kuber.node;

import io.kuber.client.Client;
import io.kuber.loop.Loop;
import io.kuber.loop.Loop.Timer;
import io.kuber.node.ContainerState.Phase;
import io.kuber.node.ContainerState.Problem;
import io.kuber.node.PodMachine.Decision;
import io.kuber.node.PodState.Sandbox;
import io.kuber.node.PodState.Verdict;
import io.kuber.node.stats.LivePod;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for one pod what {@link PodMachine} decides, each kind of action by a part of its own, and
 * has the pod's status written. The parts share a {@link PodBoard}.
 *
 * <p>Every method runs on the node's loop, which owns all fields.
 */
final class PodWorker {
  private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);

  private final PodMachinery machinery;
  private final Executor workers;
  private final Place place;
  private final PodBoard board;
  private final PodAssembly assembly;
  private final PodProbes probes;
  private final SandboxKeeper sandbox;
  private final ContainerStarter starter;
  private final ContainerStopper stopper;
  private final PodResizer resizer;
  private final PodFarewell farewell;
  private final StatusWriter status;

  private boolean objectIsGone;
  private @Nullable Timer wakeUp;

  /** What the node offers to one of its pods. */
  interface Place {
    /** Why the pod cannot have what it wants now; empty when there is room. */
    Optional<Problem> noRoom(KubeObject wanted);

    /** The pod is no more. */
    void gone();
  }

  PodWorker(
      PodMachinery machinery,
      Client client,
      PodEvents events,
      Loop loop,
      Executor workers,
      KubeObject object,
      Inheritance inheritance,
      Place place) {
    this.machinery = machinery;
    this.workers = workers;
    this.place = place;
    this.board =
        new PodBoard(machinery, events, loop, workers, object, inheritance.state(), this::step);
    this.assembly = inheritance.assembly();
    this.probes = new PodProbes(loop, workers, machinery.clock());
    this.sandbox = new SandboxKeeper(board, assembly);
    this.stopper = new ContainerStopper(board, assembly, probes);
    this.resizer = new PodResizer(board, assembly, stopper, place::noRoom);
    PodImages images = new PodImages(machinery, events);
    this.starter = new ContainerStarter(board, images, assembly, probes, stopper);
    this.farewell = new PodFarewell(board, client, loop);
    this.status = new StatusWriter(client, loop, object);
    probes.tell(new ProbeFindings(board, stopper)::heard);
    assembly.volumes().tell(new VolumeNews(board, sandbox));
    inheritance.running().forEach((name, running) -> starter.resume(board.declared(name), running));
  }

  KubeObject object() {
    return board.object();
  }

  /** The pod with what its containers were allocated in place of what they want. */
  KubeObject allocated() {
    return board.allocated();
  }

  PodState state() {
    return board.state();
  }

  PodAssembly assembly() {
    return assembly;
  }

  /** What runs of it. */
  LivePod live() {
    return assembly.live(object(), name -> state().is(name, Phase.RUNNING));
  }

  /**
   * Whether others have to leave the pod what it has: it has not ended, been refused, or been
   * deleted. What runs on of a pod whose object is gone does not count, as for the kubelet, since
   * the scheduler has given its place away by then.
   */
  boolean isActive() {
    return !objectIsGone
        && state().verdict().isEmpty()
        && !PodPhase.of(board.pod(), state()).isFinal();
  }

  /** The pod object changed; or it is there for the first time. */
  void changed(KubeObject newer) {
    board.want(newer);
    assembly.volumes().changed(newer);
    step();
  }

  /** The pod object is gone: whatever still runs is ended at once. */
  void removed() {
    end(Duration.ZERO);
  }

  /** The file that declared the pod says so no more: it ends in the time that it asks for. */
  void withdrawn() {
    if (!objectIsGone) {
      end(board.pod().gracePeriod());
    }
  }

  private void end(Duration grace) {
    if (!board.isClosed()) {
      objectIsGone = true;
      status.close();
      changed(
          board
              .object()
              .with(board.now().plus(grace).toString(), "metadata", "deletionTimestamp")
              .with(grace.toSeconds(), "metadata", "deletionGracePeriodSeconds"));
    }
  }

  /** The object that shows a static pod is a new one. */
  void mirrored() {
    status.writeAgain();
  }

  /** Nothing is decided or written any more; what runs is somebody else's to end. */
  void abandon() {
    board.close();
    status.close();
    board.pod().all().forEach(container -> probes.stop(container.name()));
    cancelWakeUp();
  }

  private void step() {
    if (board.isClosed()) {
      return;
    }
    resizer.look();
    Decision decision = PodMachine.decide(board.pod(), board.state(), board.now());
    decision.actions().forEach(this::act);
    cancelWakeUp();
    if (board.isClosed()) {
      return;
    }
    decision
        .wakeAt()
        .ifPresent(at -> wakeUp = board.after(Duration.between(board.now(), at), this::step));
    writeStatus();
  }

  private void cancelWakeUp() {
    if (wakeUp != null) {
      wakeUp.cancel();
      wakeUp = null;
    }
  }

  private void act(PodAction action) {
    if (action instanceof PodAction.MakeSandbox) {
      sandbox.make();
    } else if (action instanceof PodAction.Start start) {
      starter.start(board.declared(start.container()));
    } else if (action instanceof PodAction.Stop stop) {
      stopper.stop(stop);
    } else if (action instanceof PodAction.Kill kill) {
      stopper.kill(kill.container());
    } else if (action instanceof PodAction.Fail fail) {
      fail(fail.why());
      board.after(Duration.ZERO, this::step);
    } else if (action instanceof PodAction.RemoveSandbox) {
      sandbox.remove();
    } else if (action instanceof PodAction.DeleteObject) {
      deleteObject();
    }
  }

  /** Gives the pod up: from the next step on what runs is ended, and nothing is started. */
  void fail(Verdict why) {
    board.warn("", why.reason(), why.message());
    board.note(state -> state.failed(why));
  }

  /** The node does not take the pod; nothing of it is ever started. */
  void refuse(Verdict why) {
    board.warn("", why.reason(), why.message());
    Verdict told = new Verdict(why.reason(), "Pod was rejected: " + why.message());
    board.note(state -> state.failed(told));
  }

  /** Gives the pod up through no fault of its own. */
  void giveUp(Verdict why) {
    if (!board.isClosed()) {
      fail(why);
      step();
    }
  }

  private void deleteObject() {
    if (objectIsGone) {
      finish();
    } else {
      farewell.deleteObject(this::removed);
    }
  }

  private void finish() {
    board.close();
    status.close();
    place.gone();
    try {
      workers.execute(assembly::deleteFiles);
    } catch (RejectedExecutionException tooMuch) {
      LOG.warn("files of pod {} stay behind", board.pod().fullName());
    }
  }

  private void writeStatus() {
    PodState state = board.state();
    boolean wasOverBefore = board.pod().over().isPresent() && state.sandbox() == Sandbox.ABSENT;
    if (!wasOverBefore) {
      String hostIp = machinery.config().hostIp();
      Tree before = status.last();
      status.write(PodStatus.of(board.pod(), state, board.object(), hostIp, before, board.now()));
    }
  }
}

package io.kuber.node;

import io.kuber.json.Json;
import io.kuber.node.ContainerState.Phase;
import io.kuber.node.ContainerState.Problem;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.RunningContainers.Running;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Gives a running pod other resources than it began with: asks the node for room, writes what
 * containers may use, and restarts those that want that ({@code resizePolicy}). Owned by the node's
 * loop. Events and messages are those of pkg/kubelet/allocation and pkg/kubelet/events/resize.go.
 */
final class PodResizer {
  /** Between two attempts at what there was no room for, or what failed. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  /** Among the names of containers, none of which is empty. */
  private static final String WHOLE_POD = "";

  private final PodBoard board;
  private final PodAssembly assembly;
  private final ContainerStopper stopper;
  private final Function<KubeObject, Optional<Problem>> room;
  private final Set<String> writing = new HashSet<>();
  private boolean asksAgain;

  /**
   * The resizer of one pod.
   *
   * @param room says why the node cannot give a pod what it wants, if it cannot
   */
  PodResizer(
      PodBoard board,
      PodAssembly assembly,
      ContainerStopper stopper,
      Function<KubeObject, Optional<Problem>> room) {
    this.board = board;
    this.assembly = assembly;
    this.stopper = stopper;
    this.room = room;
  }

  private Resizing now() {
    return board.state().resizing();
  }

  /** Does what is due; to be called whenever something may have changed. */
  void look() {
    boolean isEnding = board.pod().deletion().isPresent() || board.state().verdict().isPresent();
    if (isEnding || PodPhase.of(board.pod(), board.state()).isFinal()) {
      return;
    }
    allocate();
    if (now().underWay()) {
      actuate();
    }
  }

  private void allocate() {
    KubeObject wanted = board.object();
    if (now().isAllocated(wanted)) {
      if (now().pending().isPresent()) {
        board.resize(now().settled());
      }
      return;
    }
    Optional<Problem> obstacle = room.apply(wanted);
    if (obstacle.isEmpty()) {
      board.resize(now().allocate(wanted));
      board.tell("", "ResizeStarted", message("Pod resize started", wanted, ""));
      return;
    }
    if (!obstacle.equals(now().pending())) {
      Problem why = obstacle.get();
      board.resize(now().pending(why));
      String reason = why.reason();
      board.warn("", "Resize" + reason, message("Pod resize " + reason, wanted, why.message()));
    }
    askAgain();
  }

  /** Others may have made room meanwhile. */
  private void askAgain() {
    if (!asksAgain) {
      asksAgain = true;
      board.after(
          RETRY,
          () -> {
            asksAgain = false;
            board.step();
          });
    }
  }

  private void actuate() {
    List<PodContainer> differing = new ArrayList<>();
    board.pod().all().filter(this::differs).forEach(differing::add);
    for (PodContainer container : differing) {
      if (board.state().is(container.name(), Phase.RUNNING)
          && !writing.contains(container.name())) {
        give(container);
      }
    }
    if (differing.isEmpty() && writing.add(WHOLE_POD)) {
      KubeObject allocated = board.allocated();
      board.later(
          () -> {
            assembly.share(allocated);
            return allocated;
          },
          this::shared,
          failure -> notGiven(WHOLE_POD, failure));
    }
  }

  /** The pod has its weight too; something else may have been allocated meanwhile. */
  private void shared(KubeObject allocated) {
    writing.remove(WHOLE_POD);
    if (now().isAllocated(allocated)) {
      board.resize(now().completed());
      board.tell("", "ResizeCompleted", message("Pod resize completed", allocated, ""));
    }
    board.step();
  }

  /** Whether a container runs, or is about to end, with other resources than it was allocated. */
  private boolean differs(PodContainer container) {
    return now().allocated().containsKey(container.name())
        && board.container(container.name()).isAlive()
        && !granted(container).equals(container.resources());
  }

  private Tree granted(PodContainer container) {
    return board.container(container.name()).instance().granted().tree("resources");
  }

  private void give(PodContainer container) {
    String name = container.name();
    if (ResizePolicy.of(container.tree()).restarts(granted(container), container.resources())) {
      board.resize(now().restarting(name, true));
      String why = "Container " + name + " resize requires restart";
      stopper.stop(new PodAction.Stop(name, board.pod().gracePeriod(), why));
      return;
    }
    writing.add(name);
    board.later(
        () -> assembly.resize(container),
        resized -> given(name, resized),
        failure -> notGiven(name, failure));
  }

  private void given(String name, Running resized) {
    writing.remove(name);
    board.note(name, current -> current.withGranted(resized.granted()));
    board.step();
  }

  private void notGiven(String name, Throwable failure) {
    String why = Refusals.text(failure);
    if (now().error().filter(why::equals).isEmpty()) {
      board.resize(now().failed(why));
      board.warn("", "ResizeError", message("Pod resize error", board.allocated(), why));
    }
    board.after(
        RETRY,
        () -> {
          writing.remove(name);
          board.step();
        });
    board.step();
  }

  private static String message(String what, KubeObject pod, String error) {
    Tree.Builder summary = Tree.builder();
    for (String list : List.of("initContainers", "containers")) {
      List<Tree> containers =
          pod.spec().items(list).trees().stream()
              .map(each -> Tree.of("name", each.text("name"), "resources", each.tree("resources")))
              .toList();
      if (!containers.isEmpty()) {
        summary.put(list, Items.copyOf(containers));
      }
    }
    summary.put("generation", pod.generation());
    if (!error.isEmpty()) {
      summary.put("error", error);
    }
    return what + ": " + new String(Json.print(summary.build()), StandardCharsets.UTF_8);
  }
}

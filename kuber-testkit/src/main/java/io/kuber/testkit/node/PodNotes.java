package io.kuber.testkit.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Note;
import java.util.ArrayList;
import java.util.List;

/** The events that a kubelet writes about the troubles of a pod. Pure. */
final class PodNotes {
  private PodNotes() {}

  static List<Note> of(Move move, KubeObject pod) {
    List<Note> notes = new ArrayList<>();
    for (Tree container : pod.spec().items("containers").trees()) {
      String name = container.text("name");
      String image = container.text("image");
      switch (move.to()) {
        case PULL_FAILED -> {
          String why = TroubledStatuses.pullMessage(image, move.outcome());
          notes.add(
              Note.warning(pod, "Failed", "Failed to pull image \"%s\": %s".formatted(image, why)));
          notes.add(Note.warning(pod, "Failed", "Error: ErrImagePull"));
        }
        case PULL_BACK_OFF -> {
          notes.add(Note.normal(pod, "BackOff", "Back-off pulling image \"%s\"".formatted(image)));
          notes.add(Note.warning(pod, "Failed", "Error: ImagePullBackOff"));
        }
        case BACK_OFF ->
            notes.add(
                Note.warning(
                    pod,
                    "BackOff",
                    "Back-off restarting failed container %s in pod %s_%s(%s)"
                        .formatted(name, pod.name(), pod.namespace(), pod.uid())));
        default -> {}
      }
    }
    return notes;
  }
}

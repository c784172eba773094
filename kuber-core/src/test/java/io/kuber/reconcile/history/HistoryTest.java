package io.kuber.reconcile.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HistoryTest {
  private static KubeObject owner(String image) {
    return ControlPlane.yaml(
        """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: log, namespace: default, uid: u, annotations: {kubernetes.io/change-cause: %1$s}}
        spec: {template: {metadata: {labels: {app: log}}, spec: {containers: [{image: %1$s}]}}}
        """
            .formatted(image));
  }

  private static History history(String image, List<KubeObject> stored) {
    return History.of(owner(image), Revision.OF_POD, stored, name -> Optional.empty());
  }

  /** The revisions after templates of these images, one after the other. */
  private static List<KubeObject> after(String... images) {
    List<KubeObject> stored = new ArrayList<>();
    for (String image : images) {
      KubeObject present = history(image, stored).present().object();
      stored.removeIf(revision -> revision.name().equals(present.name()));
      stored.add(present);
    }
    return stored;
  }

  @Test
  void keepsTemplateAndReasonOfEachRevision() {
    Revision present = history("a", List.of()).present();
    assertThat(present.number()).isEqualTo(1);
    assertThat(present.name()).isEqualTo("log-" + present.hash());
    assertThat(present.template()).isEqualTo(owner("a").spec().tree("template"));
    assertThat(present.object().annotations()).containsEntry("kubernetes.io/change-cause", "a");
    assertThat(present.object().labels())
        .containsEntry("app", "log")
        .containsEntry("controller-revision-hash", present.hash());
    assertThat(present.object().tree().text("data", "spec", "template", "$patch"))
        .isEqualTo("replace");
  }

  @Test
  void changesNothingWhileTheTemplateStays() {
    assertThat(history("b", after("a", "b")).changes()).isEmpty();
  }

  @Test
  void givesOldRevisionTheNewestNumberWhenItsTemplateComesBack() {
    History back = history("a", after("a", "b"));
    assertThat(back.present().number()).isEqualTo(3);
    assertThat(back.changes()).singleElement().isInstanceOf(Action.Update.class);
    assertThat(after("a", "b", "a")).hasSize(2);
  }

  @Test
  void takesAnotherNameWhenItsNameIsTaken() {
    KubeObject other = history("a", List.of()).present().object().with("x", "data", "spec");
    History beside =
        History.of(
            owner("a"),
            Revision.OF_POD,
            List.of(),
            name -> Optional.of(other).filter(taken -> taken.name().equals(name)));
    assertThat(beside.collisions()).isEqualTo(1);
    assertThat(beside.present().name()).isNotEqualTo(other.name());
  }

  @Test
  void usesWhatItCreatedThoughItDoesNotKnow() {
    KubeObject created = history("a", List.of()).present().object();
    History again =
        History.of(owner("a"), Revision.OF_POD, List.of(), name -> Optional.of(created));
    assertThat(again.changes()).isEmpty();
    assertThat(again.collisions()).isZero();
  }

  @ParameterizedTest(name = "with a limit of {0}, {1} go")
  @CsvSource({"0,3", "1,2", "2,1", "3,0", "10,0"})
  void forgetsTheOldestThatNobodyUses(long limit, int gone) {
    List<KubeObject> stored = after("a", "b", "c", "d", "e");
    String used = stored.get(1).name();
    List<Action> forgotten =
        history("e", stored).forget(limit, revision -> revision.name().equals(used));
    assertThat(forgotten).hasSize(gone);
    assertThat(forgotten)
        .allSatisfy(action -> assertThat(((Action.Delete) action).name()).isNotEqualTo(used));
  }
}

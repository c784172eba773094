package io.kuber.controller.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.history.History;
import io.kuber.reconcile.history.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatefulSetPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static KubeObject set(String spec) {
    KubeObject base =
        ControlPlane.yaml(
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: default, uid: u, generation: 1}
            spec:
              replicas: 3
              serviceName: db
              podManagementPolicy: OrderedReady
              updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0}}
              selector: {matchLabels: {app: db}}
              template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: new}]}}
            """);
    for (String field : Splitter.on(';').omitEmptyStrings().split(spec)) {
      Tree change = ControlPlane.yaml(field.strip()).tree();
      for (int i = 0; i < change.size(); i++) {
        base = base.with(change.valueAt(i), "spec", change.nameAt(i));
      }
    }
    return base;
  }

  /** The revision of a template before, and that of the present one; both are stored. */
  private static History history(KubeObject set) {
    KubeObject before =
        History.of(
                set.with("old", "spec", "template", "spec", "image"),
                Revision.HASH,
                List.of(),
                name -> Optional.empty())
            .present()
            .object();
    History first = History.of(set, Revision.HASH, List.of(before), name -> Optional.empty());
    return History.of(
        set, Revision.HASH, List.of(before, first.present().object()), name -> Optional.empty());
  }

  private static KubeObject pod(KubeObject set, Revision revision, String text) {
    long ordinal = Long.parseLong(text.substring(0, text.length() - 2));
    char state = text.charAt(text.length() - 1);
    KubeObject pod = Identity.newPod(set, revision, ordinal).with("p" + ordinal, "metadata", "uid");
    String ready = state == 'r' || state == 'g' ? "True" : "False";
    String phase = state == 'f' ? "Failed" : state == 's' ? "Succeeded" : "Running";
    KubeObject reported =
        pod.with(
            ControlPlane.yaml(
                    """
                    phase: %s
                    conditions:
                    - {type: Ready, status: '%s', lastTransitionTime: '2026-01-01T00:59:50Z'}
                    """
                        .formatted(phase, ready))
                .tree(),
            "status");
    return state == 'g'
        ? reported.with("2026-01-01T00:59:00Z", "metadata", "deletionTimestamp")
        : reported;
  }

  /** Pods as words: ordinal, o(ld) or n(ew), r(eady), u(nready), f(ailed), s(ucceeded), g(oing). */
  private static Plan plan(KubeObject set, String pods) {
    History history = history(set);
    KubeObject known =
        set.with(history.past().get(0).name(), "status", "currentRevision")
            .with(3L, "status", "currentReplicas");
    List<KubeObject> there = new ArrayList<>();
    for (String text : Splitter.on(' ').omitEmptyStrings().split(pods)) {
      boolean old = text.charAt(text.length() - 2) == 'o';
      there.add(pod(set, old ? history.past().get(0) : history.present(), text));
    }
    Claims claims = new Claims(set, name -> Optional.empty());
    return new StatefulSetPlanner(known, there, history, claims, NOW).plan();
  }

  /** What a plan does to pods: + and - with ordinals. */
  private static String told(Plan plan) {
    StringBuilder told = new StringBuilder();
    for (Action action : plan.actions()) {
      Action bare = action instanceof Action.Announced announced ? announced.action() : action;
      if (bare instanceof Action.Create create && create.object().kind().equals("Pod")) {
        told.append(" +").append(create.object().name().substring(3));
      } else if (bare instanceof Action.Delete delete) {
        told.append(" -").append(delete.name().substring(3));
      }
    }
    return told.toString().strip();
  }

  @ParameterizedTest(name = "ordered, {0}: pods {1} lead to {2}")
  @CsvSource({
    "'', '', +0",
    "'', 0nr, +1",
    "'', 0nu, ''",
    "'', 0ng, ''",
    "'', 0nr 2nr, +1",
    "'', 0nf, -0",
    "'', 0ns 1nr, -0",
    "'', 0nr 1nr 2nr 3nr 4nr, -4",
    "'', 0nr 1nu 2nr 3nr, ''",
    "'', 0nr 1nr 2nr 3nr 4ng, ''",
    "'', 0nr 1nr 2nr 3nu 4nr, -4",
    "'', 0nr 1nr 2nr 3nu 4nu, ''",
    "'', 0nr 1nr 2nr 3nf 4nf, -4",
    "'', 0nr 1nr 2nr 3nu, -3",
    "'', 0or 1or 2or, -2",
    "'', 0or 1or 2nr, -1",
    "'', 0or 1or 2nu, ''",
    "'updateStrategy: {type: OnDelete}', 0or 1or 2or, ''",
    "'updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}', 0or 1or 2or, -2",
    "'updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}', 0or 1or 2nr, ''",
    "'updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 7}}', 0or 1or 2or, ''",
    "'updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}', 0or 1or 2or, -2 -1",
    "'updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 70%}}', 0or 1or 2or, -2 -1",
    "'updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 10%}}', 0or 1or 2or, -2",
    "'ordinals: {start: 5}', '', +5",
    "'ordinals: {start: 5}', 5nr 6nr 7nr 0nr, -0",
    "'ordinals: {start: 1};replicas: 2', 0nr 1nr 2nr, -0",
    "'minReadySeconds: 30', 0nr, ''",
    "'minReadySeconds: 5', 0nr, +1",
    "'replicas: 0', 0nr, -0",
  })
  void plansInOrder(String spec, String pods, String done) {
    assertThat(told(plan(set(spec), pods))).isEqualTo(done);
  }

  @ParameterizedTest(name = "parallel, {0}: pods {1} lead to {2}")
  @CsvSource({
    "'', '', +0 +1 +2",
    "'', 0nu 2nu, +1",
    "'', 0nf, -0 +1 +2",
    "'', 0nu 1nr 2nr 3nr 4nr, -4 -3",
    "'', 0or 1or 2or, -2",
    "'', 0or 1or 2nu, ''",
    "'', 0or 1ou 2or, -1",
    "'', 0or 1or, +2",
  })
  void plansInParallel(String spec, String pods, String done) {
    KubeObject parallel = set(spec).with("Parallel", "spec", "podManagementPolicy");
    assertThat(told(plan(parallel, pods))).isEqualTo(done);
  }

  private static KubeObject created(Plan plan) {
    return plan.actions().stream()
        .map(action -> action instanceof Action.Announced a ? a.action() : action)
        .filter(Action.Create.class::isInstance)
        .map(action -> ((Action.Create) action).object())
        .filter(object -> object.kind().equals("Pod"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void givesEachPodItsIdentity() {
    KubeObject set = set("volumeClaimTemplates: [{metadata: {name: data}, spec: {}}]; replicas: 3");
    KubeObject pod = created(plan(set, "0nr"));
    assertThat(pod.name()).isEqualTo("db-1");
    assertThat(pod.labels())
        .containsEntry("statefulset.kubernetes.io/pod-name", "db-1")
        .containsEntry("apps.kubernetes.io/pod-index", "1")
        .containsEntry("controller-revision-hash", history(set).present().name());
    assertThat(pod.spec().text("hostname")).isEqualTo("db-1");
    assertThat(pod.spec().text("subdomain")).isEqualTo("db");
    assertThat(pod.spec().items("volumes").tree(0).text("persistentVolumeClaim", "claimName"))
        .isEqualTo("data-db-1");
  }

  @Test
  void makesPodBelowThePartitionOfTheOldTemplate() {
    KubeObject held = set("updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}");
    assertThat(created(plan(held, "1nr 2nr")).labels())
        .containsEntry("controller-revision-hash", history(held).past().get(0).name());
    assertThat(created(plan(held, "0or 2nr")).labels())
        .containsEntry("controller-revision-hash", history(held).present().name());
  }

  @Test
  void countsPodsInItsStatus() {
    Plan plan = plan(set(""), "0or 1ou 2nr");
    Tree status =
        plan.actions().stream()
            .filter(Action.UpdateSubresource.class::isInstance)
            .map(action -> ((Action.UpdateSubresource) action).object().status())
            .findFirst()
            .orElseThrow();
    assertThat(status.number(0, "replicas")).isEqualTo(3);
    assertThat(status.number(0, "readyReplicas")).isEqualTo(2);
    assertThat(status.number(0, "currentReplicas")).isEqualTo(2);
    assertThat(status.number(0, "updatedReplicas")).isEqualTo(1);
    assertThat(status.text("updateRevision")).isNotEqualTo(status.text("currentRevision"));
  }
}

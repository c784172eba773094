package io.kuber.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the classes of storage, runtime and priority bring to objects that name them, or none. */
final class ClassesTest {
  private static final String CLAIM =
      "{metadata: {name: %s}, spec: {%s accessModes: [ReadWriteOnce], resources: {requests:"
          + " {storage: 1Gi}}}}";

  private static final String POD =
      "{metadata: {name: p}, spec: {%s containers: [{name: a, image: i}]}}";

  private final ControlPlane plane = new ControlPlane();

  @Test
  void givesClaimsTheDefaultClass() {
    String storageClass = "{metadata: {name: %s, annotations: {%s}}, provisioner: example.com/p}";
    plane.create(Resources.STORAGE_CLASSES, storageClass.formatted("plain", "a: b"));
    String mark = "storageclass.kubernetes.io/is-default-class: 'true'";
    plane.create(Resources.STORAGE_CLASSES, storageClass.formatted("usual", mark));
    KubeObject claim = plane.create(Resources.PERSISTENT_VOLUME_CLAIMS, CLAIM.formatted("c", ""));
    assertThat(claim.spec().text("storageClassName")).isEqualTo("usual");
    KubeObject without =
        plane.create(
            Resources.PERSISTENT_VOLUME_CLAIMS, CLAIM.formatted("d", "storageClassName: '',"));
    assertThat(without.spec().text("storageClassName")).isEmpty();
    KubeObject choosy =
        plane.create(
            Resources.PERSISTENT_VOLUME_CLAIMS,
            CLAIM.formatted("e", "selector: {matchLabels: {a: b}},"));
    assertThat(choosy.spec().has("storageClassName")).isFalse();
  }

  @Test
  void letsClaimsGrowOnlyWhereTheirClassDoes() {
    plane.create(Resources.STORAGE_CLASSES, "{metadata: {name: firm}, provisioner: example.com/p}");
    KubeObject claim =
        plane.create(
            Resources.PERSISTENT_VOLUME_CLAIMS, CLAIM.formatted("c", "storageClassName: firm,"));
    assertThat(claim.finalizers()).containsExactly("kubernetes.io/pvc-protection");
    plane.status(Resources.PERSISTENT_VOLUME_CLAIMS, "c", "{phase: Bound}");
    KubeObject more =
        plane
            .get(Resources.PERSISTENT_VOLUME_CLAIMS, "c")
            .orElseThrow()
            .with("2Gi", "spec", "resources", "requests", "storage");
    assertThatThrownBy(() -> plane.update(Resources.PERSISTENT_VOLUME_CLAIMS, more))
        .hasMessageContaining(
            "only dynamically provisioned pvc can be resized and the storageclass that provisions"
                + " the pvc must support resize");
  }

  @Test
  void givesIngressesTheNewestDefaultClassUnlessTheyNameOne() {
    String ingressClass =
        "{metadata: {name: %s, annotations: {ingressclass.kubernetes.io/is-default-class: '%s'}},"
            + " spec: {controller: example.com/c}}";
    String ingress =
        "{metadata: {name: %s%s}, spec: {%s defaultBackend: {service: {name: s, port: {number:"
            + " 80}}}}}";
    plane.create(Resources.INGRESS_CLASSES, ingressClass.formatted("first", true));
    plane.advance(Duration.ofSeconds(1));
    plane.create(Resources.INGRESS_CLASSES, ingressClass.formatted("usual", true));
    plane.create(Resources.INGRESS_CLASSES, ingressClass.formatted("plain", false));
    assertThat(classOf(ingress.formatted("a", "", ""))).isEqualTo("usual");
    assertThat(classOf(ingress.formatted("b", "", "ingressClassName: first,"))).isEqualTo("first");
    String annotation = ", annotations: {kubernetes.io/ingress.class: old}";
    assertThat(classOf(ingress.formatted("c", annotation, ""))).isEmpty();
  }

  private String classOf(String ingress) {
    return plane.create(Resources.INGRESSES, ingress).spec().text("ingressClassName");
  }

  @Test
  void toleratesTaintsOfTheDevicesThatAPodNeeds() {
    KubeObject pod =
        plane.create(
            Resources.PODS,
            "{metadata: {name: p}, spec: {containers: [{name: a, image: i, resources: {limits: {cpu:"
                + " 1, example.com/b: 1, example.com/a: 2}}}]}}");
    assertThat(pod.spec().items("tolerations").trees())
        .filteredOn(toleration -> toleration.text("effect").equals("NoSchedule"))
        .extracting(toleration -> toleration.text("key"))
        .containsExactly("example.com/a", "example.com/b");
  }

  @Test
  void addsWhatTheRuntimeCosts() {
    plane.create(
        Resources.RUNTIME_CLASSES,
        "{metadata: {name: vm}, handler: vm, overhead: {podFixed: {cpu: 250m}}, scheduling:"
            + " {nodeSelector: {kvm: present}, tolerations: [{key: k, operator: Exists}]}}");
    KubeObject pod = plane.create(Resources.PODS, POD.formatted("runtimeClassName: vm,"));
    assertThat(pod.spec().text("overhead", "cpu")).isEqualTo("250m");
    assertThat(pod.spec().text("nodeSelector", "kvm")).isEqualTo("present");
    assertThat(pod.spec().items("tolerations").trees())
        .extracting(toleration -> toleration.text("key"))
        .contains("k");
  }

  @Test
  void refusesRuntimesThatAreNotThere() {
    assertThatThrownBy(() -> plane.create(Resources.PODS, POD.formatted("runtimeClassName: vm,")))
        .hasMessageEndingWith(
            "pods \"p\" is forbidden: pod rejected: RuntimeClass \"vm\" not found");
  }

  @Test
  void ranksPodsByTheirPriorityClass() {
    plane.create(
        Resources.PRIORITY_CLASSES,
        "{metadata: {name: urgent}, value: 1000, preemptionPolicy: Never}");
    KubeObject pod = plane.create(Resources.PODS, POD.formatted("priorityClassName: urgent,"));
    assertThat(pod.spec().number(0, "priority")).isEqualTo(1000);
    assertThat(pod.spec().text("preemptionPolicy")).isEqualTo("Never");
  }
}

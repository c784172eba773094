package io.kuber.admission.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.User;
import io.kuber.api.Admission.Context;
import io.kuber.api.Admission.Request;
import io.kuber.api.ApiException;
import io.kuber.api.AuditNotes;
import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What namespaces make of the standards. */
final class PodSecurityTest {
  private static final String BASELINE = "{pod-security.kubernetes.io/enforce: baseline}";
  private static final String STRICT_WARNINGS =
      "{pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/warn: restricted,"
          + " pod-security.kubernetes.io/warn-version: v1.18}";
  private static final String PRIVILEGED = "securityContext: {privileged: true}";
  private static final String SAID =
      "(container \"a\" must not set securityContext.privileged=true)";

  private final ControlPlane plane = new ControlPlane();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, String> told = new TreeMap<>();
  private final AuditNotes notes =
      new AuditNotes() {
        @Override
        public void note(String key, String value) {
          told.put(key, value);
        }

        @Override
        public boolean isTaken() {
          return true;
        }
      };

  private void namespace(String name, String labels) {
    plane.create(
        Resources.NAMESPACES, "{metadata: {name: %s, labels: %s}}".formatted(name, labels));
  }

  private static String pod(String namespace, String name, String fields) {
    return "{apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: %s}, spec: {containers: [{name: a, image: i, %s}]}}"
        .formatted(name, namespace, fields);
  }

  private static KubeObject object(String yaml) {
    return ControlPlane.yaml(yaml);
  }

  private Request request(ResourceType type, KubeObject object, Optional<KubeObject> old) {
    Kind kind = BuiltInKinds.catalogue().find(type.qualifiedName()).orElseThrow();
    return new Request(
        old.isPresent() ? Verb.UPDATE : Verb.CREATE,
        kind,
        "",
        object,
        old.orElse(null),
        User.system("tester"),
        plane.image(),
        new Context(type, Tree.EMPTY, false, Tree.EMPTY, warnings::add, notes));
  }

  private void admit(ResourceType type, String yaml) {
    new PodSecurity(Settings.STANDARD).admit(request(type, object(yaml), Optional.empty()));
  }

  @Test
  void tellsAnAuditLogWhatHeldAndWhatItsOwnStandardForbids() {
    namespace("audited", "{pod-security.kubernetes.io/audit: baseline}");
    admit(Resources.PODS, pod("audited", "p", PRIVILEGED));
    assertThat(warnings).isEmpty();
    assertThat(told)
        .containsExactly(
            Map.entry(
                "pod-security.kubernetes.io/audit-violations",
                "would violate PodSecurity \"baseline:latest\": privileged " + SAID),
            Map.entry("pod-security.kubernetes.io/enforce-policy", "privileged:latest"));
  }

  @Test
  void tellsAnAuditLogWhoIsExempt() {
    namespace("strict", BASELINE);
    Exemptions exempt = new Exemptions(Set.of(), Set.of("tester"), Set.of());
    new PodSecurity(new Settings(Map.of(), exempt))
        .admit(request(Resources.PODS, object(pod("strict", "p", PRIVILEGED)), Optional.empty()));
    assertThat(told).containsExactly(Map.entry("pod-security.kubernetes.io/exempt", "user"));
  }

  @Test
  void refusesPodsThatTheNamespaceForbids() {
    namespace("strict", BASELINE);
    plane.create(Resources.PODS, pod("strict", "fine", ""));
    assertThatThrownBy(() -> plane.create(Resources.PODS, pod("strict", "p", PRIVILEGED)))
        .hasRootCauseInstanceOf(ApiException.class)
        .hasStackTraceContaining(
            "pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": privileged "
                + SAID);
    plane.create(Resources.PODS, pod("default", "p", PRIVILEGED));
  }

  @Test
  void warnsOfPodsAndOfTemplatesButDoesNotRefuseTemplates() {
    namespace("strict", STRICT_WARNINGS);
    admit(Resources.PODS, pod("strict", "p", ""));
    String said =
        "would violate PodSecurity \"restricted:v1.18\": allowPrivilegeEscalation != false"
            + " (container \"a\" must set securityContext.allowPrivilegeEscalation=false),"
            + " runAsNonRoot != true (pod or container \"a\" must set"
            + " securityContext.runAsNonRoot=true)";
    assertThat(warnings).containsExactly(said);
    admit(
        Resources.DEPLOYMENTS,
        "{metadata: {name: d, namespace: strict}, spec: {template: {spec: {containers: [{name:"
            + " a}]}}}}");
    admit(
        Resources.CRON_JOBS,
        "{metadata: {name: d, namespace: strict}, spec: {jobTemplate: {spec: {template: {spec:"
            + " {containers: [{name: a, securityContext: {privileged: true}}]}}}}}}");
    assertThat(warnings).hasSize(3).element(1).isEqualTo(said);
    assertThat(warnings.get(2)).startsWith("would violate").contains("privileged " + SAID);
  }

  @Test
  void looksAtUpdatesOfPodsOnlyWhereImagesChange() {
    KubeObject old = plane.create(Resources.PODS, pod("default", "p", PRIVILEGED));
    KubeObject namespace = plane.get(Resources.NAMESPACES, "default").orElseThrow();
    plane.update(
        Resources.NAMESPACES,
        namespace.with("baseline", "metadata", "labels", "pod-security.kubernetes.io/enforce"));
    PodSecurity link = new PodSecurity(Settings.STANDARD);
    link.admit(request(Resources.PODS, old.with("b", "metadata", "labels", "a"), Optional.of(old)));
    KubeObject other =
        old.withChild("spec", spec -> spec.withEach("containers", each -> each.with("image", "j")));
    assertThatThrownBy(() -> link.admit(request(Resources.PODS, other, Optional.of(old))))
        .hasMessageContaining("violates PodSecurity");
  }

  @Test
  void refusesLabelsThatMeanNothing() {
    assertThatThrownBy(
            () ->
                namespace(
                    "odd",
                    "{pod-security.kubernetes.io/enforce: tight,"
                        + " pod-security.kubernetes.io/warn-version: '1.30'}"))
        .hasStackTraceContaining(
            "Namespace \"odd\" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]:"
                + " Invalid value: \"tight\": must be one of privileged, baseline, restricted,"
                + " metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value:"
                + " \"1.30\": must be \"latest\" or \"v1.x\"]");
  }

  @Test
  void warnsOfPodsThatAreThereWhenANamespaceBecomesStricter() {
    plane.create(Resources.PODS, pod("default", "z", PRIVILEGED));
    plane.create(Resources.PODS, pod("default", "b", PRIVILEGED));
    plane.create(Resources.PODS, pod("default", "c", PRIVILEGED));
    plane.create(Resources.PODS, pod("default", "d", "ports: [{containerPort: 80, hostPort: 80}]"));
    plane.create(Resources.PODS, pod("default", "e", ""));
    KubeObject open = plane.get(Resources.NAMESPACES, "default").orElseThrow();
    KubeObject strict =
        open.with("baseline", "metadata", "labels", "pod-security.kubernetes.io/enforce");
    PodSecurity link = new PodSecurity(Settings.STANDARD);
    link.admit(request(Resources.NAMESPACES, strict, Optional.of(open)));
    assertThat(warnings)
        .containsExactly(
            "existing pods in namespace \"default\" violate the new PodSecurity enforce level"
                + " \"baseline:latest\"",
            "b (and 2 other pods): privileged",
            "d: hostPort");
    warnings.clear();
    link.admit(request(Resources.NAMESPACES, open, Optional.of(strict)));
    link.admit(request(Resources.NAMESPACES, strict, Optional.of(strict)));
    assertThat(warnings).isEmpty();
  }

  @Test
  void knowsExemptionsAndDefaults() {
    Settings settings =
        Settings.of(
            object(
                    "{defaults: {enforce: restricted}, exemptions: {namespaces: [free], usernames:"
                        + " [system:free], runtimeClasses: [free]}}")
                .tree());
    assertThat(settings.exemptions())
        .isEqualTo(new Exemptions(Set.of("free"), Set.of("system:free"), Set.of("free")));
    PodSecurity link = new PodSecurity(settings);
    link.admit(request(Resources.PODS, object(pod("free", "p", PRIVILEGED)), Optional.empty()));
    KubeObject pod = object(pod("default", "p", PRIVILEGED));
    link.admit(
        request(Resources.PODS, pod.with("free", "spec", "runtimeClassName"), Optional.empty()));
    assertThatThrownBy(() -> link.admit(request(Resources.PODS, pod, Optional.empty())))
        .hasMessageContaining("violates PodSecurity \"restricted:latest\"");
    Tree wrong = object("{defaults: {enforce: tight}}").tree();
    assertThatThrownBy(() -> Settings.of(wrong)).isInstanceOf(IllegalArgumentException.class);
  }
}

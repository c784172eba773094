package io.kuber.controller.resourcequota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QuotaControllerTest {
  private static final String POD =
      "{metadata: {name: %s}, spec: {containers: [{name: a, image: i, resources: {requests: {cpu:"
          + " %s}}}]}}";

  private final ControlPlane plane = new ControlPlane(types -> List.of(new QuotaController(types)));

  @BeforeEach
  void limit() {
    plane.create(
        Resources.RESOURCE_QUOTAS,
        "{metadata: {name: q}, spec: {hard: {pods: 2, cpu: 1, count/configmaps: 1}}}");
  }

  private Tree used() {
    return plane.get(Resources.RESOURCE_QUOTAS, "q").orElseThrow().status().tree("used");
  }

  private KubeObject pod(String name, String cpu) {
    return plane.create(Resources.PODS, POD.formatted(name, cpu));
  }

  @Test
  void writesDownWhatIsUsed() {
    assertThat(used()).isEqualTo(Tree.of("pods", "0", "cpu", "0", "count/configmaps", "0"));
    pod("a", "250m");
    plane.create(Resources.CONFIG_MAPS, "{metadata: {name: m}}");
    assertThat(used()).isEqualTo(Tree.of("pods", "1", "cpu", "250m", "count/configmaps", "1"));
    plane.status(Resources.PODS, "a", "{phase: Succeeded}");
    assertThat(used()).isEqualTo(Tree.of("pods", "0", "cpu", "0", "count/configmaps", "1"));
  }

  @Test
  void admissionRefusesWhatIsTooMuch() {
    pod("a", "250m");
    assertThatThrownBy(() -> pod("b", "800m"))
        .hasMessageEndingWith(
            "pods \"b\" is forbidden: exceeded quota: q, requested: cpu=800m, used: cpu=250m,"
                + " limited: cpu=1");
    pod("b", "750m");
    assertThatThrownBy(() -> pod("c", "100m"))
        .hasMessageEndingWith(
            "exceeded quota: q, requested: cpu=100m,pods=1, used: cpu=1,pods=2, limited:"
                + " cpu=1,pods=2");
  }

  @Test
  void admissionWantsToKnowHowMuch() {
    assertThatThrownBy(
            () ->
                plane.create(
                    Resources.PODS,
                    "{metadata: {name: p}, spec: {containers: [{name: a, image: i}]}}"))
        .hasMessageEndingWith("pods \"p\" is forbidden: failed quota: q: must specify cpu for: a");
  }

  @Test
  void admissionCountsObjectsOfAnyKind() {
    plane.create(Resources.CONFIG_MAPS, "{metadata: {name: m}}");
    assertThatThrownBy(() -> plane.create(Resources.CONFIG_MAPS, "{metadata: {name: other}}"))
        .hasMessageEndingWith(
            "configmaps \"other\" is forbidden: exceeded quota: q, requested: count/configmaps=1, used:"
                + " count/configmaps=1, limited: count/configmaps=1");
  }
}

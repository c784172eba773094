package io.kuber.controller.apiservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.controller.customresource.CleanupController;
import io.kuber.controller.customresource.DefinitionController;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import org.junit.jupiter.api.Test;

/** APIServices for what definitions add, behind the whole API. */
final class RegistrationControllerTest {
  private static final String DEFINITION =
      """
      metadata: {name: %1$s.shop.example.com}
      spec:
        group: shop.example.com
        scope: Namespaced
        names: {plural: %1$s, kind: %2$s}
        versions:
        - name: v1
          served: true
          storage: true
          schema: {openAPIV3Schema: {type: object}}
        - name: v1beta1
          served: %3$s
          storage: false
          schema: {openAPIV3Schema: {type: object}}
      """;

  private static final String NAME = "v1.shop.example.com";

  private final ControlPlane plane =
      new ControlPlane(
          new DefinitionController(), new CleanupController(), new RegistrationController());

  private KubeObject define(String plural, String kind, boolean old) {
    return plane.create(
        Resources.CUSTOM_RESOURCE_DEFINITIONS, DEFINITION.formatted(plural, kind, old));
  }

  private KubeObject api(String name) {
    return plane.get(Resources.API_SERVICES, name).orElseThrow();
  }

  private String available(String name) {
    return Condition.find(api(name).status(), "Available")
        .map(condition -> condition.status() + " " + condition.reason())
        .orElse("none");
  }

  @Test
  void registersEachServedVersionOfADefinition() {
    define("orders", "Order", false);
    assertThat(plane.names(Resources.API_SERVICES)).containsExactly(NAME);
    assertThat(api(NAME).spec())
        .isEqualTo(
            Tree.of(
                "version",
                "v1",
                "groupPriorityMinimum",
                1000L,
                "group",
                "shop.example.com",
                "versionPriority",
                100L));
    assertThat(api(NAME).labels())
        .containsEntry("kube-aggregator.kubernetes.io/automanaged", "true");
    assertThat(available(NAME)).isEqualTo("True Local");
  }

  @Test
  void keepsTheGroupForAsLongAsSomeDefinitionServesIt() {
    KubeObject orders = define("orders", "Order", true);
    KubeObject carts = define("carts", "Cart", false);
    assertThat(plane.names(Resources.API_SERVICES))
        .containsExactlyInAnyOrder(NAME, "v1beta1.shop.example.com");
    plane.delete(Resources.CUSTOM_RESOURCE_DEFINITIONS, orders, "Background");
    assertThat(plane.names(Resources.API_SERVICES)).containsExactly(NAME);
    plane.delete(Resources.CUSTOM_RESOURCE_DEFINITIONS, carts, "Background");
    assertThat(plane.names(Resources.API_SERVICES)).isEmpty();
  }

  @Test
  void makesAnewWhatSomebodyRemovesOrChanges() {
    define("orders", "Order", false);
    plane.delete(Resources.API_SERVICES, api(NAME), "Background");
    assertThat(plane.names(Resources.API_SERVICES)).containsExactly(NAME);
    plane.update(
        Resources.API_SERVICES,
        api(NAME).with(Tree.of("namespace", "a", "name", "b", "port", 443L), "spec", "service"));
    assertThat(api(NAME).spec().has("service")).isFalse();
    assertThat(available(NAME)).isEqualTo("True Local");
  }

  @Test
  void saysThatAGroupIsLocalAgainOnceNoServiceIsNamedAnyMore() {
    KubeObject api =
        plane.create(
            Resources.API_SERVICES,
            """
            metadata: {name: v1beta1.metrics.k8s.io}
            spec:
              group: metrics.k8s.io
              version: v1beta1
              groupPriorityMinimum: 100
              versionPriority: 100
              insecureSkipTLSVerify: true
              service: {namespace: kube-system, name: metrics-server}
            """);
    assertThat(available("v1beta1.metrics.k8s.io")).isEqualTo("none");
    plane.update(
        Resources.API_SERVICES,
        api.without("spec", "service").without("spec", "insecureSkipTLSVerify"));
    assertThat(available("v1beta1.metrics.k8s.io")).isEqualTo("True Local");
  }
}

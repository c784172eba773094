package io.kuber.controller.customresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.controller.ControlPlane;
import io.kuber.controller.garbage.GarbageController;
import io.kuber.controller.namespace.NamespaceController;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.custom.Definition;
import io.kuber.view.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Definitions behind the whole API: from the request for names to the last object. */
class DefinitionControllerTest {
  private static final ResourceType DEFINITIONS = Resources.CUSTOM_RESOURCE_DEFINITIONS;
  private static final ResourceType CRON_TABS =
      new ResourceType(
          "stable.example.com",
          "v1",
          "CronTab",
          "crontabs",
          "crontab",
          true,
          List.of("ct"),
          List.of());

  private final ControlPlane plane =
      new ControlPlane(
          types ->
              List.of(
                  new DefinitionController(),
                  new CleanupController(),
                  new GarbageController(types),
                  new NamespaceController(types)));

  private static String definition(String plural, String kind, String shortName) {
    return """
    metadata: {name: %1$s.stable.example.com}
    spec:
      group: stable.example.com
      scope: Namespaced
      names: {plural: %1$s, kind: %2$s, shortNames: [%3$s]}
      versions:
      - name: v1
        served: true
        storage: true
        schema:
          openAPIV3Schema:
            type: object
            properties: {spec: {type: object, properties: {cronSpec: {type: string}}}}
    """
        .formatted(plural, kind, shortName);
  }

  private KubeObject cronTabs() {
    return plane.create(DEFINITIONS, definition("crontabs", "CronTab", "ct"));
  }

  private Tree status(String plural) {
    return plane.get(DEFINITIONS, plural + ".stable.example.com").orElseThrow().status();
  }

  private static String condition(Tree status, String type) {
    return Condition.find(status, type)
        .map(condition -> condition.status() + " " + condition.reason())
        .orElse("none");
  }

  @Test
  void servesTheKindOfADefinitionAtOnce() {
    cronTabs();

    Tree status = status("crontabs");
    assertThat(condition(status, "NamesAccepted")).isEqualTo("True NoConflicts");
    assertThat(condition(status, "Established")).isEqualTo("True InitialNamesAccepted");
    assertThat(status.tree("acceptedNames"))
        .isEqualTo(
            ControlPlane.yaml(
                    "{plural: crontabs, singular: crontab, kind: CronTab, listKind: CronTabList,"
                        + " shortNames: [ct]}")
                .tree());
    assertThat(status.items("storedVersions").texts()).containsExactly("v1");
    KubeObject made =
        plane.create(CRON_TABS, "{metadata: {name: a}, spec: {cronSpec: '* * *', other: 1}}");
    assertThat(made.spec()).isEqualTo(Tree.of("cronSpec", "* * *"));
    assertThat(made.generation()).isEqualTo(1);
  }

  @Test
  void givesNoNameTwiceAndHandsItOnOnceItIsFree() {
    KubeObject first = cronTabs();
    plane.create(DEFINITIONS, definition("cronjobs", "CronTab", "ct"));

    Tree refused = status("cronjobs");
    assertThat(condition(refused, "NamesAccepted")).isEqualTo("False ListKindConflict");
    assertThat(condition(refused, "Established")).isEqualTo("False NotAccepted");
    assertThat(refused.tree("acceptedNames").text("plural")).isEqualTo("cronjobs");
    assertThat(refused.tree("acceptedNames").has("kind")).isFalse();

    plane.delete(DEFINITIONS, first, "Background");
    assertThat(condition(status("cronjobs"), "Established")).isEqualTo("True InitialNamesAccepted");
  }

  @Test
  void deletesAllObjectsOfADefinitionBeforeItGoes() {
    KubeObject definition = cronTabs();
    plane.create(CRON_TABS, "{metadata: {name: a}}");
    KubeObject held = plane.create(CRON_TABS, "{metadata: {name: b, finalizers: [a.io/b]}}");

    plane.delete(DEFINITIONS, definition, "Background");

    assertThat(plane.names(CRON_TABS)).containsExactly("b");
    assertThat(condition(status("crontabs"), "Terminating"))
        .isEqualTo("True InstanceDeletionInProgress");
    assertThatThrownBy(() -> plane.create(CRON_TABS, "{metadata: {name: c}}"))
        .hasMessageContaining("does not allow this method");

    KubeObject now = plane.get(CRON_TABS, held.name()).orElseThrow();
    plane.update(CRON_TABS, now.without("metadata", "finalizers"));
    assertThat(plane.names(CRON_TABS)).isEmpty();
    assertThat(plane.names(DEFINITIONS)).isEmpty();
    assertThatThrownBy(() -> plane.create(CRON_TABS, "{metadata: {name: c}}"))
        .hasMessageContaining("could not find the requested resource");
  }

  @Test
  void collectsCustomResourcesWithTheirOwnersAndNamespaces() {
    cronTabs();
    KubeObject owner = plane.create(CRON_TABS, "{metadata: {name: owner}}");
    String reference =
        "{apiVersion: stable.example.com/v1, kind: CronTab, name: owner, uid: %s}"
            .formatted(owner.uid());
    plane.create(CRON_TABS, "{metadata: {name: child, ownerReferences: [" + reference + "]}}");
    plane.create(
        Resources.CONFIG_MAPS, "{metadata: {name: child, ownerReferences: [" + reference + "]}}");

    plane.delete(CRON_TABS, owner, "Background");
    assertThat(plane.names(CRON_TABS)).isEmpty();
    assertThat(plane.names(Resources.CONFIG_MAPS)).isEmpty();

    KubeObject other = plane.create(Resources.NAMESPACES, "{metadata: {name: other}}");
    plane.create(CRON_TABS, "{metadata: {name: last, namespace: other}}");
    plane.delete(Resources.NAMESPACES, other, "");
    assertThat(plane.names(CRON_TABS)).isEmpty();
    assertThat(plane.names(Resources.NAMESPACES)).containsExactly("default");
  }

  @Test
  void keepsThePromisesOfForegroundAndOrphanDeletionForCustomResources() {
    cronTabs();
    for (String policy : new String[] {"Foreground", "Orphan"}) {
      KubeObject owner = plane.create(CRON_TABS, "{metadata: {name: owner}}");
      String child =
          "{metadata: {name: child, finalizers: [a.io/b], ownerReferences: [{apiVersion:"
              + " stable.example.com/v1, kind: CronTab, name: owner, uid: %s, blockOwnerDeletion:"
              + " true}]}}";
      plane.create(CRON_TABS, child.formatted(owner.uid()));
      plane.delete(CRON_TABS, owner, policy);
      boolean orphans = policy.equals("Orphan");
      assertThat(plane.get(CRON_TABS, "owner").isPresent()).isNotEqualTo(orphans);
      KubeObject kept = plane.get(CRON_TABS, "child").orElseThrow();
      assertThat(kept.isBeingDeleted()).isNotEqualTo(orphans);
      plane.update(CRON_TABS, kept.without("metadata", "finalizers"));
      assertThat(plane.names(CRON_TABS).contains("child")).isEqualTo(orphans);
      assertThat(plane.get(CRON_TABS, "owner")).isEmpty();
    }
  }

  @Test
  void saysWhatOldDefinitionsLack() {
    plane.create(
        DEFINITIONS.in(DEFINITIONS.group(), "v1beta1"),
        """
        metadata: {name: olds.stable.example.com}
        spec:
          group: stable.example.com
          version: v1
          names: {plural: olds, kind: Old}
          validation: {openAPIV3Schema: {properties: {spec: {properties: {a: {type: integer}}}}}}
        """);

    Tree status = status("olds");
    assertThat(condition(status, "Established")).isEqualTo("True InitialNamesAccepted");
    assertThat(condition(status, "NonStructuralSchema")).isEqualTo("True Violations");
    ResourceType olds =
        Definition.of(plane.get(DEFINITIONS, "olds.stable.example.com").orElseThrow()).storedType();
    KubeObject made = plane.create(olds, "{metadata: {name: a}, spec: {a: 1, kept: true}}");
    assertThat(made.spec().isTrue("kept")).isTrue();
    assertThatThrownBy(() -> plane.create(olds, "{metadata: {name: b}, spec: {a: x}}"))
        .hasMessageContaining("spec.a in body must be of type integer: \"string\"");
  }
}

package io.kuber.managed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Tree;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  @Test
  void creatorOwnsAllButNames() {
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .create(
                "kubectl-create",
                """
                apiVersion: apps/v1, kind: Deployment,
                metadata: {name: web, namespace: n, uid: u, generation: 1, labels: {app: web}},
                spec: {replicas: 2, strategy: {type: Recreate}}
                """);

    assertThat(deployment.owners())
        .isEqualTo(
            """
            kubectl-create Update apps/v1: .metadata.labels .metadata.labels.app .spec.replicas \
            .spec.strategy.type
            """);
    assertThat(Sample.text(deployment.entries().tree(0).without("fieldsV1")))
        .isEqualTo(
            "{'manager':'kubectl-create','operation':'Update','apiVersion':'apps/v1',"
                + "'time':'2026-01-01T00:00:01Z','fieldsType':'FieldsV1'}");
  }

  @Test
  void updaterTakesOverWhatItChanges() {
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .create("a", "spec: {replicas: 1, paused: true}")
            .update("b", "spec: {replicas: 2, paused: true}");

    assertThat(deployment.owners())
        .isEqualTo("a Update apps/v1: .spec.paused\nb Update apps/v1: .spec.replicas\n");
  }

  @Test
  void ownerOfNothingIsForgotten() {
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .create("a", "spec: {replicas: 1}")
            .update("b", "spec: {replicas: 2}");

    assertThat(deployment.owners()).isEqualTo("b Update apps/v1: .spec.replicas\n");
  }

  @Test
  void whoOnlyRemovesOwnsNothing() {
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .create("a", "spec: {replicas: 1, paused: true}")
            .update("b", "spec: {replicas: 1}");

    assertThat(deployment.owners()).isEqualTo("a Update apps/v1: .spec.replicas\n");
  }

  @Test
  void writeWithoutChangeKeepsEntriesAndTheirTimes() {
    Owned deployment = Owned.of(Sample.DEPLOYMENT).create("a", "spec: {replicas: 1}");
    var before = deployment.entries();

    assertThat(deployment.update("b", "spec: {replicas: 1}").entries()).isSameAs(before);
  }

  @Test
  void subresourceHasOwnersOfItsOwn() {
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .create("a", "spec: {replicas: 1}")
            .updateThrough("status", "a", "spec: {replicas: 1}, status: {replicas: 1}");

    assertThat(deployment.owners())
        .isEqualTo("a Update apps/v1: .spec.replicas\na Update apps/v1/status: .status.replicas\n");
  }

  @Test
  void emptyListOrEmptyEntryForgetsAllOwners() {
    Owned reset =
        Owned.of(Sample.DEPLOYMENT)
            .create("a", "spec: {replicas: 1}")
            .update("b", "metadata: {managedFields: []}, spec: {replicas: 2}");
    Owned emptied =
        Owned.of(Sample.DEPLOYMENT)
            .create("a", "spec: {replicas: 1}")
            .update("b", "metadata: {managedFields: [{}]}, spec: {replicas: 2}");

    assertThat(reset.entries()).isEmpty();
    assertThat(emptied.entries()).isEmpty();
    assertThat(reset.update("b", "spec: {replicas: 3}").entries()).isEmpty();
  }

  @Test
  void clientMaySetEntriesButNotThroughSubresources() {
    String mine =
        """
        metadata: {managedFields: [{manager: x, operation: Apply, apiVersion: apps/v1,
          fieldsType: FieldsV1, fieldsV1: {"f:spec": {"f:replicas": {}}}}]}, spec: {replicas: 1}
        """;
    Owned deployment = Owned.of(Sample.DEPLOYMENT).create("a", "spec: {replicas: 1}");

    assertThat(deployment.updateThrough("status", "a", mine).owners())
        .isEqualTo("a Update apps/v1: .spec.replicas\n");
    assertThat(deployment.update("a", mine).owners())
        .isEqualTo("x Apply apps/v1: .spec.replicas\n");
  }

  @Test
  void entriesThatMakeNoSenseLeaveTheOwnersAsTheyWere() {
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .create("a", "spec: {replicas: 1}")
            .update(
                "a",
                "metadata: {managedFields: [{manager: x, operation: Guess}]}, spec: {replicas: 2}");

    assertThat(deployment.owners()).isEqualTo("a Update apps/v1: .spec.replicas\n");
  }

  @Test
  void applyCreatesAndOwnsWhatItSays() {
    Owned service =
        Owned.of(Sample.SERVICE)
            .apply(
                "me",
                """
                apiVersion: v1, kind: Service, metadata: {name: s, labels: {a: b}},
                spec: {ports: [{port: 80}]}
                """);

    assertThat(service.owners())
        .isEqualTo(
            """
            me Apply v1: .metadata.labels.a .spec.ports[port=80,protocol='TCP'] \
            .spec.ports[port=80,protocol='TCP'].port
            """);
  }

  @Test
  void applyRemovesWhatItNoLongerSays() {
    Owned configMap =
        Owned.of(Sample.CONFIG_MAP)
            .apply("me", "data: {a: '1', b: '2'}")
            .update("other", "data: {a: '1', b: '2', c: '3'}")
            .apply("me", "data: {a: '1'}");

    assertThat(configMap.object()).isEqualTo("{'data':{'a':'1','c':'3'}}");
    assertThat(configMap.owners()).isEqualTo("me Apply v1: .data.a\nother Update v1: .data.c\n");
  }

  @Test
  void applyLeavesWhatAnotherOwnsToo() {
    Owned configMap =
        Owned.of(Sample.CONFIG_MAP)
            .apply("me", "data: {a: '1', b: '2'}")
            .apply("you", "data: {b: '2'}")
            .apply("me", "data: {a: '1'}");

    assertThat(configMap.object()).isEqualTo("{'data':{'a':'1','b':'2'}}");
    assertThat(configMap.owners()).isEqualTo("me Apply v1: .data.a\nyou Apply v1: .data.b\n");
  }

  @Test
  void emptyApplyGivesUpEverything() {
    Owned configMap =
        Owned.of(Sample.CONFIG_MAP)
            .apply("me", "data: {a: '1'}")
            .apply("you", "data: {b: '2'}")
            .apply("me", "apiVersion: v1, kind: ConfigMap");

    assertThat(configMap.owners()).isEqualTo("you Apply v1: .data.b\n");
    assertThat(configMap.tree().tree("data")).isEqualTo(Tree.of("b", "2"));
  }

  @Test
  void applyRemovesListElementsThatItAddedItself() {
    Owned service =
        Owned.of(Sample.SERVICE)
            .apply("me", "spec: {ports: [{port: 80}, {port: 81, name: x}]}")
            .update("you", "spec: {ports: [{port: 80}, {port: 81, name: x}, {port: 82}]}")
            .apply("me", "spec: {ports: [{port: 80}]}");

    assertThat(service.object()).isEqualTo("{'spec':{'ports':[{'port':80},{'port':82}]}}");
  }

  @Test
  void applyRemovesAnElementOfWhichAnotherOnlyOwnsAField() {
    Owned service =
        Owned.of(Sample.SERVICE)
            .apply("me", "spec: {ports: [{port: 80, name: x}]}")
            .update("you", "spec: {ports: [{port: 80, name: x, nodePort: 30000}]}")
            .apply("me", "spec: {sessionAffinity: None}");

    assertThat(service.object()).isEqualTo("{'spec':{'sessionAffinity':'None'}}");
  }

  @Test
  void oneConflictIsToldInOneLine() {
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .apply("me", "spec: {replicas: 1}")
            .update("other", "spec: {replicas: 2}");

    assertThat(deployment.conflicts("me", "spec: {replicas: 1}"))
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"other\" using apps/v1: .spec.replicas");
  }

  @Test
  void manyConflictsAreToldByOwner() {
    Owned pod =
        Owned.of(Sample.POD)
            .create("b", "spec: {containers: [{name: c, image: x}]}")
            .apply("a", "spec: {nodeName: n, priority: 1}");

    assertThat(
            pod.conflicts(
                "me", "spec: {nodeName: m, priority: 2, containers: [{name: c, image: y}]}"))
        .isEqualTo(
            """
            Apply failed with 3 conflicts: conflicts with "a":
            - .spec.nodeName
            - .spec.priority
            conflicts with "b" using v1:
            - .spec.containers[name="c"].image""");
  }

  @Test
  void sameValueIsNoConflictButSharedOwnership() {
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .apply("a", "spec: {replicas: 1}")
            .apply("b", "spec: {replicas: 1}");

    assertThat(deployment.owners())
        .isEqualTo("a Apply apps/v1: .spec.replicas\nb Apply apps/v1: .spec.replicas\n");
  }

  @Test
  void forceTakesFieldsFromOthers() {
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .apply("a", "spec: {replicas: 1, paused: true}")
            .force("b", "spec: {replicas: 2}");

    assertThat(deployment.owners())
        .isEqualTo("a Apply apps/v1: .spec.paused\nb Apply apps/v1: .spec.replicas\n");
    assertThat(deployment.object()).isEqualTo("{'spec':{'replicas':2,'paused':true}}");
  }

  @Test
  void sameApplyAgainChangesNothing() {
    Owned deployment = Owned.of(Sample.DEPLOYMENT).apply("a", "spec: {replicas: 1}");
    Tree before = deployment.tree();

    assertThat(deployment.apply("a", "spec: {replicas: 1}").tree()).isEqualTo(before);
  }

  @Test
  void fieldsWithoutOwnersBelongToThoseBeforeTheFirstApply() {
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .create("a", "spec: {replicas: 1, paused: true}")
            .update("a", "metadata: {managedFields: []}, spec: {replicas: 1, paused: true}")
            .apply("me", "spec: {paused: true}");

    assertThat(deployment.owners())
        .isEqualTo(
            """
            me Apply apps/v1: .spec.paused
            before-first-apply Update apps/v1: .spec.paused .spec.replicas
            """);
  }

  @Test
  void kubectlTakesOverWhatItAppliedFromTheClient() {
    String annotation = "metadata: {annotations: {" + LAST_APPLIED + ": '%s'}}, ";
    String applied =
        annotation.formatted(
            "{\"apiVersion\":\"apps/v1\",\"spec\":{\"replicas\":1,\"paused\":true}}");
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT)
            .create("kubectl-client-side-apply", applied + "spec: {replicas: 1, paused: true}")
            .update("hpa", applied + "spec: {replicas: 3, paused: true}");

    assertThat(deployment.conflicts("kubectl", "spec: {replicas: 2, paused: false}"))
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"hpa\" using apps/v1: .spec.replicas");
    assertThat(deployment.conflicts("me", "spec: {paused: false}")).contains("client-side-apply");
    deployment.apply("kubectl", "apiVersion: apps/v1, spec: {paused: false}");
    assertThat(deployment.tree().text("metadata", "annotations", LAST_APPLIED))
        .isEqualTo("{\"apiVersion\":\"apps/v1\",\"spec\":{\"paused\":false}}\n");
  }

  @Test
  void oldestUpdatersBecomeOne() {
    Owned configMap = Owned.of(Sample.CONFIG_MAP).create("m0", "data: {k0: v}");
    StringBuilder data = new StringBuilder("k0: v");
    for (int i = 1; i < 13; i++) {
      data.append(", k").append(i).append(": v");
      configMap.update("m" + i, "data: {" + data + "}");
    }

    assertThat(configMap.entries().size()).isEqualTo(AncientChanges.MAX_UPDATERS);
    assertThat(configMap.owners())
        .startsWith("ancient-changes Update v1: .data .data.k0 .data.k1 .data.k2 .data.k3\nm4 ");
  }

  @Test
  void refusesConfigurationsThatNoObjectCanHave() {
    Owned service = Owned.of(Sample.SERVICE);

    assertThat(service.tryApply("me", "spec: {foo: 1}", false))
        .isEqualTo(new Applied.Refused(".spec.foo: field not declared in schema"));
    assertThat(service.tryApply("me", "spec: {ports: [{port: 80}, {port: 80}]}", false))
        .isEqualTo(
            new Applied.Refused(
                ".spec.ports: duplicate entries for key [port=80,protocol=\"TCP\"]"));
    assertThat(service.tryApply("me", "spec: {ports: [{name: x}]}", false))
        .isEqualTo(
            new Applied.Refused(
                ".spec.ports: element 0: associative list with keys has an element that omits key"
                    + " field \"port\" (and doesn't have default value)"));
    assertThat(service.tryApply("me", "spec: {ports: {port: 1}}", false))
        .isInstanceOf(Applied.Refused.class);
  }

  @Test
  void ownersInOtherVersionsAreComparedInThose() {
    // The other version calls replicas paused, which is enough to be told apart.
    Conversions swapped =
        (object, apiVersion) -> {
          Tree spec = object.tree().tree("spec");
          Tree.Builder other = Tree.builder();
          spec.forEach(
              (name, value) ->
                  other.put(
                      name.equals("replicas")
                          ? "minReadySeconds"
                          : name.equals("minReadySeconds") ? "replicas" : name,
                      value));
          return apiVersion.endsWith("gone")
              ? Optional.empty()
              : Optional.of(
                  new Typed(
                      object.tree().with("spec", other.build()), apiVersion, Sample.DEPLOYMENT));
        };
    String entry =
        "{manager: %s, operation: Apply, apiVersion: %s, fieldsType: FieldsV1,"
            + " fieldsV1: {'f:spec': {'f:replicas': {}}}}";
    Owned deployment =
        Owned.of(Sample.DEPLOYMENT, swapped)
            .create("a", "spec: {replicas: 1, minReadySeconds: 1}")
            .update(
                "a",
                "metadata: {managedFields: ["
                    + entry.formatted("old", "apps/v2")
                    + ", "
                    + entry.formatted("lost", "apps/gone")
                    + "]}, spec: {replicas: 2, minReadySeconds: 1}");

    assertThat(deployment.owners())
        .isEqualTo("old Apply apps/v2: .spec.replicas\na Update apps/v1: .spec.replicas\n");
    assertThat(deployment.conflicts("me", "spec: {minReadySeconds: 5}"))
        .isEqualTo("Apply failed with 1 conflict: conflict with \"old\": .spec.replicas");
    deployment.apply("old", "spec: {paused: true}");
    assertThat(deployment.object()).isEqualTo("{'spec':{'replicas':2,'paused':true}}");
  }

  @Test
  void extractShowsAnApplierItsConfiguration() {
    Typed object =
        new Typed(
            Sample.flow("spec: {ports: [{port: 80, name: x}], type: ClusterIP}"),
            "v1",
            Sample.SERVICE);
    FieldSet fields =
        new Typed(Sample.flow("spec: {ports: [{port: 80}]}"), "v1", Sample.SERVICE).fields();

    assertThat(Sample.text(Ownership.extract(object, fields)))
        .isEqualTo("{'spec':{'ports':[{'port':80}]}}");
  }

  @Test
  void timesAloneMakeNoNewState() {
    Tree before = Owned.of(Sample.DEPLOYMENT).create("a", "spec: {replicas: 1}").tree();
    Owned later = Owned.of(Sample.DEPLOYMENT).create("b", "a: b");
    later.create("a", "spec: {replicas: 1}");

    assertThat(later.tree()).isNotEqualTo(before);
    assertThat(Managing.keepingTimes(before, later.tree())).isEqualTo(before);
    Tree other = Owned.of(Sample.DEPLOYMENT).create("a", "spec: {replicas: 2}").tree();
    assertThat(Managing.keepingTimes(before, other)).isSameAs(other);
  }
}

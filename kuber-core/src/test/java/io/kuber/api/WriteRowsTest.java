package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.kuber.api.ApiAnswer.Many;
import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiAnswer.Success;
import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes and deletions as clients see them: the rows of section 1.7 of docs/compatibility.md. */
class WriteRowsTest {
  private final TestApi api = new TestApi();

  private KubeObject made(String metadata) {
    return api.create(Resources.CONFIG_MAPS, "{metadata: {name: a" + metadata + "}}");
  }

  private ApiRequest deletion() {
    return api.request(Verb.DELETE, Resources.CONFIG_MAPS, "a");
  }

  private ApiRequest deletion(String options) {
    return deletion().with(new Body.Whole(TestApi.yaml(options)));
  }

  private ApiRequest patch(PatchType type, Object patch) {
    return api.request(Verb.PATCH, Resources.CONFIG_MAPS, "a").with(new Body.Patch(type, patch));
  }

  @Test
  void cutsTheBaseOfANameThatItMakesUp() {
    String base = "b".repeat(70);
    KubeObject made = api.create(Resources.CONFIG_MAPS, "{metadata: {generateName: " + base + "}}");
    assertThat(made.name()).hasSize(63).startsWith("b".repeat(58));
  }

  @Test
  void takesNoWordOfTheClientOnIdentityAndAge() {
    KubeObject made =
        made(
            ", uid: mine, generation: 7, creationTimestamp: '2001-01-01T00:00:00Z',"
                + " deletionTimestamp: '2001-01-01T00:00:00Z', selfLink: /x");
    assertThat(made.uid()).isNotEqualTo("mine");
    assertThat(made.createdAt()).isEqualTo(TestApi.START);
    assertThat(made.isBeingDeleted()).isFalse();
    assertThat(made.metadata().has("selfLink")).isFalse();
    assertThat(made.metadata().has("generation")).isFalse();
  }

  @Test
  void createsNothingThatHasARevisionAlready() {
    assertThatThrownBy(() -> made(", resourceVersion: '1'"))
        .hasMessage("resourceVersion should not be set on objects to be created");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leases.coordination.k8s.io", "events"})
  void tellsWhetherAnUpdateCreated(String kind) {
    ResourceType type = api.type(kind);
    Tree object =
        type.object("default", "l")
            .tree()
            .with("involvedObject", Tree.of("kind", "Pod", "namespace", "default"));
    ApiRequest put = api.request(Verb.UPDATE, type, "l").with(new Body.Whole(object));
    assertThat(((One) api.answer(put)).created()).isTrue();
    assertThat(((One) api.answer(put)).created()).isFalse();
  }

  @Test
  void updatesWithoutConditionWhereNoRevisionIsNamed() {
    KubeObject first = made("");
    api.update(Resources.CONFIG_MAPS, "", first.with("1", "data", "k"));
    KubeObject blind = first.without("metadata", "resourceVersion").with("2", "data", "k");
    assertThat(api.update(Resources.CONFIG_MAPS, "", blind).tree().text("data", "k"))
        .isEqualTo("2");
  }

  @Test
  void updatesOnlyTheObjectOfTheUid() {
    KubeObject other =
        made("").without("metadata", "resourceVersion").with("other", "metadata", "uid");
    assertThatThrownBy(() -> api.update(Resources.CONFIG_MAPS, "", other))
        .hasMessageContaining("Precondition failed: UID in precondition: other")
        .asInstanceOf(type(ApiException.class))
        .extracting(ApiException::reason)
        .isEqualTo(StatusReason.CONFLICT);
  }

  @Test
  void sendsNoEventOfAnUpdateThatChangesNothing() {
    KubeObject made = made("");
    ReadOptions from = ReadOptions.DEFAULT.at(made.resourceVersion());
    ApiRequest watch = api.request(Verb.WATCH, Resources.CONFIG_MAPS, "").with(from);
    WatchStream stream = ((ApiAnswer.Watching) api.answer(watch)).stream();
    api.update(Resources.CONFIG_MAPS, "", made);
    api.one(patch(PatchType.MERGE, Tree.EMPTY));
    assertThat(stream.poll(10)).isEmpty();
    assertThat(api.get(Resources.CONFIG_MAPS, "a")).isEqualTo(made);
  }

  @ParameterizedTest
  @EnumSource(PatchType.class)
  void changesNothingOnADryRunOfAnyPatch(PatchType type) {
    KubeObject made = made("");
    Object patch =
        switch (type) {
          case JSON ->
              Items.of(
                  Tree.of("op", "add", "path", "/metadata/labels", "value", Tree.of("k", "v")));
          case MERGE, STRATEGIC -> TestApi.yaml("{metadata: {labels: {k: v}}}");
          case APPLY ->
              TestApi.yaml(
                  "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {k: v}}}");
        };
    WriteOptions dry = WriteOptions.DEFAULT.by("tester").withDryRun(true);
    assertThat(api.one(patch(type, patch).with(dry)).labels()).containsEntry("k", "v");
    assertThat(api.get(Resources.CONFIG_MAPS, "a")).isEqualTo(made);
  }

  @Test
  void patchesOnlyTheRevisionThatAPatchNames() {
    KubeObject made = made("");
    api.update(Resources.CONFIG_MAPS, "", made.with("1", "data", "k"));
    Tree stale =
        Tree.of(
            "metadata", Tree.of("resourceVersion", made.resourceVersion(), "labels", Tree.EMPTY));
    assertThatThrownBy(() -> api.one(patch(PatchType.MERGE, stale)))
        .hasMessageContaining("the object has been modified");
    Items test =
        Items.of(
            Tree.of(
                "op", "test", "path", "/metadata/resourceVersion", "value", made.resourceVersion()),
            Tree.of("op", "add", "path", "/data/l", "value", "2"));
    assertThatThrownBy(() -> api.one(patch(PatchType.JSON, test)))
        .asInstanceOf(type(ApiException.class))
        .extracting(ApiException::reason)
        .isEqualTo(StatusReason.INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "propagationPolicy: Orphan, orphan",
    "propagationPolicy: Foreground, foregroundDeletion",
    "orphanDependents: true, orphan"
  })
  void leavesDependentsToTheCollectorOfGarbage(String option, String finalizer) {
    String before = made("").resourceVersion();
    KubeObject marked = api.one(deletion("{" + option + "}"));
    assertThat(marked.finalizers()).containsExactly(finalizer);
    assertThat(marked.isBeingDeleted()).isTrue();
    assertThat(marked.metadata().number(-1, "deletionGracePeriodSeconds")).isZero();
    assertThat(marked.resourceVersion()).isNotEqualTo(before);
    KubeObject freed = marked.without("metadata", "finalizers");
    api.update(Resources.CONFIG_MAPS, "", freed);
    assertThatThrownBy(() -> api.get(Resources.CONFIG_MAPS, "a")).hasMessageContaining("not found");
  }

  @ParameterizedTest
  @CsvSource({"propagationPolicy: Background", "orphanDependents: false", "gracePeriodSeconds: 5"})
  void deletesAtOnceWhatNothingHolds(String option) {
    KubeObject made = made("");
    Success gone = (Success) api.answer(deletion("{" + option + "}"));
    assertThat(gone.status().text("status")).isEqualTo("Success");
    assertThat(gone.status().tree("details"))
        .isEqualTo(Tree.of("name", "a", "kind", "configmaps", "uid", made.uid()));
  }

  @Test
  void answersWithTheObjectWhereUpstreamDoes() {
    api.create(Resources.PODS, "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");
    assertThat(api.one(api.request(Verb.DELETE, Resources.PODS, "p")).kind()).isEqualTo("Pod");
  }

  @Test
  void refusesPoliciesThatThereAreNot() {
    made("");
    assertThatThrownBy(() -> api.answer(deletion("{propagationPolicy: Whatever}")))
        .hasMessageContaining("propagationPolicy: Unsupported value: \"Whatever\"");
  }

  @Test
  void takesOptionsOfAnyGroupButNoOtherKind() {
    made("");
    String options = "{apiVersion: apps/v1, kind: %s, dryRun: [All]}";
    assertThat(api.answer(deletion(options.formatted("DeleteOptions"))))
        .isInstanceOf(Success.class);
    assertThatThrownBy(() -> api.answer(deletion(options.formatted("Pod"))))
        .hasMessage("decoded object cannot be converted to DeleteOptions");
  }

  @Test
  void deletesNothingOnADryRun() {
    KubeObject made = made("");
    api.answer(deletion("{dryRun: [All]}"));
    api.answer(deletion("{dryRun: [All], propagationPolicy: Foreground}"));
    assertThat(api.get(Resources.CONFIG_MAPS, "a")).isEqualTo(made);
  }

  @Test
  void deletesOnlyTheRevisionOfThePrecondition() {
    KubeObject made = made("");
    assertThatThrownBy(() -> api.answer(deletion("{preconditions: {resourceVersion: '1'}}")))
        .hasMessageContaining("Precondition failed: ResourceVersion in precondition: 1")
        .asInstanceOf(type(ApiException.class))
        .extracting(ApiException::reason)
        .isEqualTo(StatusReason.CONFLICT);
    String both =
        "{preconditions: {uid: %s, resourceVersion: '%s'}}"
            .formatted(made.uid(), made.resourceVersion());
    assertThat(api.answer(deletion(both))).isInstanceOf(Success.class);
  }

  @Test
  void takesNoNewFinalizerOnceDeletionBegan() {
    made(", finalizers: [x.io/one, x.io/two]");
    KubeObject marked = api.one(deletion());
    assertThatThrownBy(
            () ->
                api.update(
                    Resources.CONFIG_MAPS,
                    "",
                    marked.with(Items.of("x.io/one", "x.io/new"), "metadata", "finalizers")))
        .hasMessageContaining(
            "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being"
                + " deleted");
    KubeObject fewer =
        api.update(
            Resources.CONFIG_MAPS, "", marked.with(Items.of("x.io/two"), "metadata", "finalizers"));
    assertThat(fewer.finalizers()).containsExactly("x.io/two");
    assertThat(fewer.resourceVersion()).isNotEqualTo(marked.resourceVersion());
  }

  @Test
  void deletesOnceHoweverOftenItIsAsked() {
    made(", finalizers: [x.io/hold]");
    KubeObject marked = api.one(deletion());
    assertThat(api.one(deletion())).isEqualTo(marked);
  }

  @Test
  void deletesCollectionsByPagesPoliciesAndDryRuns() {
    for (String name : List.of("a", "b", "c")) {
      api.create(Resources.CONFIG_MAPS, "{metadata: {name: " + name + "}}");
    }
    ApiRequest all = api.request(Verb.DELETE_COLLECTION, Resources.CONFIG_MAPS, "");
    assertThat(api.list(all.with(new Body.Whole(TestApi.yaml("{dryRun: [All]}")))).entries())
        .hasSize(3);
    assertThat(names()).containsExactly("a", "b", "c");
    assertThat(api.list(all.with(ReadOptions.DEFAULT.page(1, ""))).entries()).hasSize(1);
    assertThat(names()).containsExactly("b", "c");
    api.list(all.with(ReadOptions.selecting("", "metadata.name=b")));
    assertThat(names()).containsExactly("c");
    api.list(all.with(new DeleteOptions(-1, "Orphan", "", "")));
    assertThat(api.get(Resources.CONFIG_MAPS, "c").finalizers()).containsExactly("orphan");
  }

  private List<String> names() {
    Many found = api.list(api.request(Verb.LIST, Resources.CONFIG_MAPS, ""));
    return found.entries().stream().map(entry -> entry.key().name()).toList();
  }

  @ParameterizedTest
  @EnumSource(value = StatusReason.class, mode = Mode.EXCLUDE, names = "UNKNOWN")
  void tellsFailuresAsStatusObjects(StatusReason reason) {
    Tree status = new ApiException(reason, "why").toStatus();
    assertThat(status.text("apiVersion")).isEqualTo("v1");
    assertThat(status.text("kind")).isEqualTo("Status");
    assertThat(status.text("status")).isEqualTo("Failure");
    assertThat(status.text("message")).isEqualTo("why");
    assertThat(status.number(0, "code")).isEqualTo(reason.code());
    assertThat(status.text("reason").toUpperCase(Locale.ROOT))
        .isEqualTo(reason.name().replace("_", ""));
  }

  @Test
  void tellsWhichFieldsAreWrongInCauses() {
    assertThatThrownBy(() -> api.create(Resources.PODS, "{metadata: {name: p}}"))
        .asInstanceOf(type(ApiException.class))
        .extracting(failure -> failure.toStatus().tree("details"))
        .isEqualTo(
            Tree.of(
                "name",
                "p",
                "kind",
                "Pod",
                "causes",
                Items.of(
                    Tree.of(
                        "reason",
                        "FieldValueRequired",
                        "message",
                        "Required value",
                        "field",
                        "spec.containers"))));
  }
}

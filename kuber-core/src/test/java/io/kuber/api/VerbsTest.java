package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiAnswer.Many;
import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import org.junit.jupiter.api.Test;

/** The verbs, each on a store in memory. */
class VerbsTest {
  private final TestApi api = new TestApi();

  @Test
  void givesNewObjectIdentityAndAge() {
    KubeObject made = api.create(Resources.CONFIG_MAPS, "{metadata: {name: a}, data: {k: v}}");
    assertThat(made.uid()).isNotEmpty();
    assertThat(made.createdAt()).isEqualTo(TestApi.START);
    assertThat(made.namespace()).isEqualTo("default");
    assertThat(made.resourceVersion()).isEqualTo("2");
    assertThat(api.get(Resources.CONFIG_MAPS, "a")).isEqualTo(made);
  }

  @Test
  void makesUpNameBehindPrefix() {
    KubeObject made = api.create(Resources.CONFIG_MAPS, "{metadata: {generateName: web-}}");
    assertThat(made.name()).matches("web-[bcdfghjklmnpqrstvwxz2456789]{5}");
  }

  @Test
  void refusesSecondObjectOfSameName() {
    api.create(Resources.CONFIG_MAPS, "{metadata: {name: a}}");
    assertThatThrownBy(() -> api.create(Resources.CONFIG_MAPS, "{metadata: {name: a}}"))
        .hasMessage("configmaps \"a\" already exists");
  }

  @Test
  void refusesObjectInMissingNamespace() {
    assertThatThrownBy(() -> api.create(Resources.CONFIG_MAPS, "nowhere", "{metadata: {name: a}}"))
        .hasMessage("namespaces \"nowhere\" not found");
  }

  @Test
  void refusesUpdateOfStaleVersion() {
    KubeObject first = api.create(Resources.CONFIG_MAPS, "{metadata: {name: a}}");
    api.update(Resources.CONFIG_MAPS, "", first.with("1", "data", "k"));
    assertThatThrownBy(() -> api.update(Resources.CONFIG_MAPS, "", first.with("2", "data", "k")))
        .hasMessage(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified;"
                + " please apply your changes to the latest version and try again");
  }

  @Test
  void leavesRevisionAloneWhenNothingChanges() {
    KubeObject made = api.create(Resources.CONFIG_MAPS, "{metadata: {name: a}}");
    assertThat(api.update(Resources.CONFIG_MAPS, "", made)).isEqualTo(made);
    assertThat(api.store.image().revision()).isEqualTo(2);
  }

  @Test
  void keepsStatusOutOfUpdatesAndSpecOutOfStatusUpdates() {
    KubeObject ns = api.create(Resources.NAMESPACES, "{metadata: {name: team}}");
    KubeObject status =
        api.update(
            Resources.NAMESPACES,
            "status",
            ns.with(condition("Odd"), "status", "conditions").with("x", "spec", "odd"));
    assertThat(status.status().items("conditions")).isEqualTo(condition("Odd"));
    assertThat(status.spec()).isEqualTo(ns.spec());
    KubeObject updated =
        api.update(
            Resources.NAMESPACES, "", status.with(condition("Other"), "status", "conditions"));
    assertThat(updated.status().items("conditions")).isEqualTo(condition("Odd"));
  }

  private static Items condition(String type) {
    return Items.of(Tree.of("type", type, "status", "True"));
  }

  @Test
  void writesNothingOnDryRun() {
    ApiRequest create =
        api.request(Verb.CREATE, Resources.CONFIG_MAPS, "")
            .with(new Body.Whole(TestApi.yaml("{metadata: {name: a}}")))
            .with(WriteOptions.DEFAULT.withDryRun(true));
    assertThat(api.one(create).uid()).isNotEmpty();
    assertThatThrownBy(() -> api.get(Resources.CONFIG_MAPS, "a"))
        .hasMessage("configmaps \"a\" not found");
  }

  @Test
  void patchesByMerge() {
    api.create(Resources.CONFIG_MAPS, "{metadata: {name: a}, data: {k: v, l: w}}");
    ApiRequest patch =
        api.request(Verb.PATCH, Resources.CONFIG_MAPS, "a")
            .with(new Body.Patch(PatchType.MERGE, TestApi.yaml("{data: {k: null, m: x}}")));
    assertThat(api.one(patch).tree().tree("data").texts()).containsOnlyKeys("l", "m");
  }

  @Test
  void waitsForFinalizersBeforeItDeletes() {
    KubeObject held =
        api.create(Resources.CONFIG_MAPS, "{metadata: {name: a, finalizers: [x.io/hold]}}");
    KubeObject marked = api.one(api.request(Verb.DELETE, Resources.CONFIG_MAPS, "a"));
    assertThat(marked.isBeingDeleted()).isTrue();
    assertThat(api.get(Resources.CONFIG_MAPS, "a").isBeingDeleted()).isTrue();
    api.update(Resources.CONFIG_MAPS, "", marked.without("metadata", "finalizers"));
    assertThatThrownBy(() -> api.get(Resources.CONFIG_MAPS, "a"))
        .hasMessage("configmaps \"" + held.name() + "\" not found");
  }

  @Test
  void deletesOnlyTheObjectOfTheUid() {
    api.create(Resources.CONFIG_MAPS, "{metadata: {name: a}}");
    assertThatThrownBy(
            () ->
                api.answer(
                    api.request(Verb.DELETE, Resources.CONFIG_MAPS, "a")
                        .with(DeleteOptions.ofUid("other"))))
        .hasMessageContaining(
            "Precondition failed: UID in precondition: other, UID in object meta");
  }

  @Test
  void listsInPagesOfOneRevision() {
    for (String name : new String[] {"a", "b", "c"}) {
      api.create(Resources.CONFIG_MAPS, "{metadata: {name: " + name + "}}");
    }
    ApiRequest list = api.request(Verb.LIST, Resources.CONFIG_MAPS, "");
    Many first = api.list(list.with(ReadOptions.DEFAULT.page(2, "")));
    api.create(Resources.CONFIG_MAPS, "{metadata: {name: bb}}");
    Many second = api.list(list.with(ReadOptions.DEFAULT.page(2, first.continueToken())));
    assertThat(first.entries()).extracting(e -> e.key().name()).containsExactly("a", "b");
    assertThat(first.remaining()).isEqualTo(1);
    assertThat(second.entries()).extracting(e -> e.key().name()).containsExactly("c");
    assertThat(second.resourceVersion()).isEqualTo(first.resourceVersion());
    assertThat(second.continueToken()).isEmpty();
  }

  @Test
  void warnsAboutUnknownFieldsAndDropsThem() {
    ApiRequest create =
        api.request(Verb.CREATE, Resources.CONFIG_MAPS, "")
            .with(new Body.Whole(TestApi.yaml("{metadata: {name: a}, datum: {}}")));
    One made = (One) api.answer(create);
    assertThat(made.warnings()).containsExactly("unknown field \"datum\"");
    assertThat(made.object().tree().has("datum")).isFalse();
  }

  @Test
  void deletesAllThatMatch() {
    api.create(Resources.CONFIG_MAPS, "{metadata: {name: a, labels: {app: web}}}");
    api.create(Resources.CONFIG_MAPS, "{metadata: {name: b}}");
    Many deleted =
        api.list(
            api.request(Verb.DELETE_COLLECTION, Resources.CONFIG_MAPS, "")
                .with(ReadOptions.selecting("app=web", "")));
    assertThat(deleted.entries()).hasSize(1);
    assertThat(api.list(api.request(Verb.LIST, Resources.CONFIG_MAPS, "")).entries())
        .extracting(entry -> entry.key().name())
        .containsExactly("b");
  }

  @Test
  void patchesListsByTheirMergeKeys() {
    KubeObject made =
        api.create(
            Resources.PODS,
            "{metadata: {name: web}, spec: {containers: [{name: c, image: 'i:1'}]}}");
    ApiRequest patch =
        api.request(Verb.PATCH, Resources.PODS, "web")
            .with(
                new Body.Patch(
                    PatchType.STRATEGIC,
                    TestApi.yaml("{spec: {containers: [{name: c, image: 'i:2'}]}}")));
    assertThat(api.one(patch).spec().items("containers").tree(0))
        .isEqualTo(made.spec().items("containers").tree(0).with("image", "i:2"));
  }

  @Test
  void refusesUnknownFieldsWhenAskedTo() {
    ApiRequest create =
        api.request(Verb.CREATE, Resources.CONFIG_MAPS, "")
            .with(new Body.Whole(TestApi.yaml("{metadata: {name: a}, datum: {}}")))
            .with(WriteOptions.DEFAULT.with(WriteOptions.FieldValidation.STRICT));
    assertThatThrownBy(() -> api.answer(create))
        .hasMessage(
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error:"
                + " unknown field \"datum\"");
  }

  @Test
  void createsLeaseByUpdate() {
    KubeObject lease = Resources.LEASES.object("default", "node-1");
    assertThat(api.update(Resources.LEASES, "", lease).uid()).isNotEmpty();
  }
}

package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiAnswer.Watching;
import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.PatchType;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Custom resources through the verbs that built-in kinds go through. */
class CustomResourcesTest {
  private static final ResourceType DEFINITIONS = Resources.CUSTOM_RESOURCE_DEFINITIONS;
  private static final ResourceType V1 =
      new ResourceType(
          "stable.example.com", "v1", "CronTab", "crontabs", "crontab", true, List.of(), List.of());
  private static final ResourceType V2 = V1.in("stable.example.com", "v2");

  private final TestApi api = new TestApi();

  @BeforeEach
  void define() {
    KubeObject definition =
        api.create(
            DEFINITIONS,
            """
            metadata: {name: crontabs.stable.example.com}
            spec:
              group: stable.example.com
              scope: Namespaced
              names: {plural: crontabs, kind: CronTab}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        required: [cronSpec]
                        x-kubernetes-validations:
                        - rule: '!has(self.limit) || self.replicas <= self.limit'
                          message: replicas must not exceed the limit
                        properties:
                          cronSpec: {type: string, pattern: '^(\\S+\\s?){5}$'}
                          replicas: {type: integer, minimum: 1, maximum: 10, default: 1}
                          color: {type: string}
                          limit: {type: integer}
                          tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                      status:
                        type: object
                        properties: {replicas: {type: integer}, labelSelector: {type: string}}
                subresources:
                  status: {}
                  scale:
                    specReplicasPath: .spec.replicas
                    statusReplicasPath: .status.replicas
                    labelSelectorPath: .status.labelSelector
                selectableFields: [{jsonPath: .spec.color}]
                additionalPrinterColumns:
                - {name: Spec, type: string, jsonPath: .spec.cronSpec}
                - {name: Replicas, type: integer, jsonPath: .spec.replicas, priority: 1}
                - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
              - name: v2
                served: true
                storage: false
                deprecated: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties:
                          cronSpec: {type: string}
                          replicas: {type: integer, maximum: 5}
                          image: {type: string, default: busybox}
            """);
    Tree status =
        definition
            .status()
            .with("acceptedNames", definition.spec().tree("names"))
            .with("conditions", Items.of(Tree.of("type", "Established", "status", "True")));
    api.update(DEFINITIONS, "status", definition.with(status, "status"));
  }

  private KubeObject cronTab(String name) {
    return api.create(
        V1,
        "{metadata: {name: " + name + "}, spec: {cronSpec: '* * * * *'}, status: {replicas: 9}}");
  }

  @Test
  void setsDefaultsAndDropsStatusAndUnknownFields() {
    KubeObject made =
        api.create(
            V1,
            "{metadata: {name: a}, spec: {cronSpec: '* * * * *', odd: 1}, status: {replicas: 9}}");

    assertThat(made.spec()).isEqualTo(TestApi.yaml("{cronSpec: '* * * * *', replicas: 1}"));
    assertThat(made.tree().has("status")).isFalse();
  }

  @Test
  void warnsOfUnknownFieldsOrRefusesThem() {
    ApiRequest request =
        api.request(Verb.CREATE, V1, "")
            .with(
                new Body.Whole(
                    TestApi.yaml("{metadata: {name: a}, spec: {cronSpec: '* * * * *', odd: 1}}")));

    assertThat(((One) api.answer(request)).warnings())
        .containsExactly("unknown field \"spec.odd\"");
    assertThatThrownBy(
            () ->
                api.answer(
                    request.with(WriteOptions.DEFAULT.with(WriteOptions.FieldValidation.STRICT))))
        .hasMessageContaining("strict decoding error: unknown field \"spec.odd\"");
  }

  @Test
  void refusesWhatTheSchemaRefuses() {
    assertThatThrownBy(
            () ->
                api.create(V1, "{metadata: {name: a}, spec: {cronSpec: '* * *', replicas: many}}"))
        .hasMessageStartingWith(
            "CronTab.stable.example.com \"a\" is invalid: [spec.cronSpec: Invalid value: \"* * *\":"
                + " spec.cronSpec in body should match '^(\\S+\\s?){5}$', spec.replicas: Invalid"
                + " value: \"string\": spec.replicas in body must be of type integer: \"string\","
                + " .spec.replicas: Invalid value: 0: .spec.replicas accessor error: many is of the"
                + " type string, expected int64");
    assertThatThrownBy(() -> api.create(V1, "{metadata: {name: a}, spec: {}}"))
        .hasMessageContaining("spec.cronSpec: Required value");
    assertThatThrownBy(
            () ->
                api.create(
                    V1, "{metadata: {name: a}, spec: {cronSpec: '* * * * *', tags: [x, x]}}"))
        .hasMessageEndingWith("spec.tags[1]: Duplicate value: \"x\"");
  }

  @Test
  void asksTheRulesOnceTheSchemaIsMet() {
    String text = "{metadata: {name: a}, spec: {cronSpec: '* * * * *', replicas: 3, limit: %s}}";

    assertThat(api.create(V1, text.formatted("3")).name()).isEqualTo("a");
    assertThatThrownBy(() -> api.create(V1, text.formatted("2")))
        .hasMessageContaining("spec: Invalid value: ")
        .hasMessageEndingWith(": replicas must not exceed the limit");
    assertThatThrownBy(() -> api.create(V1, text.formatted("many")))
        .hasMessageContaining(
            "<nil>: Invalid value: \"null\": some validation rules were not checked because the"
                + " object was invalid");
  }

  @Test
  void wantsUpdatesToSayWhatTheyReplace() {
    KubeObject made = cronTab("a");

    assertThatThrownBy(() -> api.update(V1, "", made.without("metadata", "resourceVersion")))
        .hasMessageEndingWith(
            "metadata.resourceVersion: Invalid value: 0: must be specified for an update");
    KubeObject updated = api.update(V1, "", made.with("blue", "spec", "color"));
    assertThat(updated.generation()).isEqualTo(2);
  }

  @Test
  void writesStatusAndScaleByTheirOwnPaths() {
    KubeObject made = cronTab("a");
    KubeObject status =
        api.update(
            V1,
            "status",
            made.with(TestApi.yaml("{replicas: 1, labelSelector: app=a}"), "status")
                .with("red", "spec", "color"));
    assertThat(status.status().number(0, "replicas")).isEqualTo(1);
    assertThat(status.spec().has("color")).isFalse();
    assertThat(status.generation()).isEqualTo(1);

    KubeObject scale = api.one(api.request(Verb.GET, V1, "a").of("scale"));
    assertThat(scale.status()).isEqualTo(TestApi.yaml("{replicas: 1, selector: app=a}"));
    api.update(V1, "scale", scale.with(3L, "spec", "replicas"));
    assertThat(api.get(V1, "a").spec().number(0, "replicas")).isEqualTo(3);
    KubeObject tooMany = scale.with(30L, "spec", "replicas").without("metadata", "resourceVersion");
    assertThatThrownBy(() -> api.update(V1, "scale", tooMany))
        .hasMessageContaining("spec.replicas in body should be less than or equal to 10");
  }

  @Test
  void servesEveryVersionWithItsOwnSchema() {
    KubeObject made =
        api.create(V2, "{metadata: {name: a}, spec: {cronSpec: '* * * * *', replicas: 2}}");

    assertThat(made.apiVersion()).isEqualTo("stable.example.com/v2");
    assertThat(made.spec().text("image")).isEqualTo("busybox");
    assertThat(api.get(V1, "a").spec())
        .isEqualTo(TestApi.yaml("{cronSpec: '* * * * *', replicas: 2}"));
    assertThatThrownBy(
            () ->
                api.create(V2, "{metadata: {name: b}, spec: {cronSpec: '* * * * *', replicas: 7}}"))
        .hasMessageContaining("spec.replicas in body should be less than or equal to 5");
    assertThat(api.api.catalogue().served(V2).version().warning())
        .isEqualTo("stable.example.com/v2 CronTab is deprecated");
  }

  @Test
  void mergesPatchesButNotStrategically() {
    cronTab("a");
    ApiRequest patch = api.request(Verb.PATCH, V1, "a");
    Tree replicas = TestApi.yaml("{spec: {replicas: 4}}");

    KubeObject patched = api.one(patch.with(new Body.Patch(PatchType.MERGE, replicas)));
    assertThat(patched.spec().number(0, "replicas")).isEqualTo(4);
    assertThatThrownBy(() -> api.one(patch.with(new Body.Patch(PatchType.STRATEGIC, replicas))))
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> assertThat(failure.reason()).isEqualTo(StatusReason.UNSUPPORTED_MEDIA_TYPE));
  }

  @Test
  void selectsByFieldsThatTheDefinitionNames() {
    cronTab("a");
    api.update(V1, "", cronTab("b").with("blue", "spec", "color"));
    ApiRequest list = api.request(Verb.LIST, V1, "");

    assertThat(api.list(list.with(ReadOptions.selecting("", "spec.color=blue"))).objects())
        .extracting(KubeObject::name)
        .containsExactly("b");
    assertThatThrownBy(() -> api.list(list.with(ReadOptions.selecting("", "spec.cronSpec=a"))))
        .hasMessage("field label not supported: spec.cronSpec");
  }

  @Test
  void showsTheColumnsOfTheDefinition() {
    cronTab("a");

    Tree table =
        Tables.of(api.list(api.request(Verb.LIST, V1, "")), Tables.Include.NONE, TestApi.START);
    assertThat(table.items("columnDefinitions").trees())
        .extracting(column -> column.text("name") + " " + column.number(0, "priority"))
        .containsExactly("Name 0", "Spec 0", "Replicas 1", "Age 0");
    assertThat(table.items("rows").tree(0).items("cells"))
        .isEqualTo(Items.of("a", "* * * * *", 1L, "0s"));
  }

  @Test
  void endsWatchesWhenTheDefinitionGoes() {
    Watching watching = (Watching) api.answer(api.request(Verb.WATCH, V1, ""));
    assertThat(watching.stream().poll(10)).isEmpty();

    KubeObject definition = api.get(DEFINITIONS, "crontabs.stable.example.com");
    api.answer(api.request(Verb.DELETE, DEFINITIONS, definition.name()));
    KubeObject marked = api.get(DEFINITIONS, definition.name());
    assertThat(marked.finalizers()).containsExactly("customresourcecleanup.apiextensions.k8s.io");
    api.update(DEFINITIONS, "", marked.without("metadata", "finalizers"));

    assertThatThrownBy(() -> watching.stream().poll(10)).isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> api.get(V1, "a"))
        .hasMessage("the server could not find the requested resource");
  }

  @Test
  void learnsOfChangesOfADefinitionAtOnce() {
    KubeObject definition = api.get(DEFINITIONS, "crontabs.stable.example.com");
    Items versions = definition.spec().items("versions");
    Tree hidden = versions.tree(1).with("served", false);
    api.update(DEFINITIONS, "", definition.with(versions.with(1, hidden), "spec", "versions"));

    assertThat(api.api.catalogue().find("stable.example.com", "v2", "crontabs")).isEmpty();
    assertThat(cronTab("a").name()).isEqualTo("a");
  }
}

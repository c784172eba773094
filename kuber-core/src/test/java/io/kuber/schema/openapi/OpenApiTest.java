package io.kuber.schema.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiTest {
  private static final Set<String> ALL =
      Set.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");
  private static final Set<String> STATUS = Set.of("get", "update", "patch");

  private static final ServedResource PODS =
      new ServedResource(
          "",
          "v1",
          "Pod",
          "pods",
          true,
          ALL,
          List.of(
              new ServedResource.Subresource("status", "", "v1", "Pod", STATUS),
              new ServedResource.Subresource("log", "", "v1", "Pod", Set.of("get")),
              new ServedResource.Subresource(
                  "exec", "", "v1", "PodExecOptions", Set.of("connect"))),
          Optional.empty());

  private static final ServedResource ROLES =
      new ServedResource(
          "rbac.authorization.k8s.io",
          "v1",
          "ClusterRole",
          "clusterroles",
          false,
          ALL,
          List.of(),
          Optional.empty());

  private static final ServedResource WIDGETS =
      new ServedResource(
          "shop.example.com",
          "v1",
          "Widget",
          "widgets",
          true,
          ALL,
          List.of(),
          Optional.of(
              Json.parse(
                  """
                  {"type": "object", "description": "A widget.", "properties": {"spec": {
                    "type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {
                      "size": {"type": "integer", "nullable": true, "anyOf": []}}}}}
                  """
                      .getBytes(StandardCharsets.UTF_8))));

  private static OpenApi api(ServedResource... resources) {
    return OpenApi.of(List.of(resources), Schemas.builtIn(), "v1.36.0+kuber");
  }

  private static Tree swagger(ServedResource... resources) {
    return Json.parse(api(resources).swaggerJson().bytes());
  }

  private static Tree v3(String path, ServedResource... resources) {
    return Json.parse(api(resources).groupVersion(path).orElseThrow().bytes());
  }

  @Test
  void describesHowListsMerge() {
    Tree containers =
        swagger(PODS).tree("definitions", "io.k8s.api.core.v1.PodSpec", "properties", "containers");

    assertThat(containers.text("type")).isEqualTo("array");
    assertThat(containers.text("x-kubernetes-patch-merge-key")).isEqualTo("name");
    assertThat(containers.text("x-kubernetes-patch-strategy")).isEqualTo("merge");
    assertThat(containers.text("x-kubernetes-list-type")).isEqualTo("map");
    assertThat(containers.items("x-kubernetes-list-map-keys")).isEqualTo(Items.of("name"));
    assertThat(containers.tree("items").text("$ref"))
        .isEqualTo("#/definitions/io.k8s.api.core.v1.Container");
    assertThat(containers.text("description")).isNotEmpty();
  }

  @Test
  void namesTheKindsOfDefinitions() {
    Tree definitions = swagger(PODS, ROLES).tree("definitions");

    assertThat(
            definitions
                .tree("io.k8s.api.rbac.v1.ClusterRole")
                .items("x-kubernetes-group-version-kind"))
        .isEqualTo(
            Items.of(
                Tree.of(
                    "group", "rbac.authorization.k8s.io", "kind", "ClusterRole", "version", "v1")));
    assertThat(
            definitions
                .tree("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions")
                .items("x-kubernetes-group-version-kind")
                .trees())
        .extracting(kind -> kind.text("group"))
        .containsExactly("", "rbac.authorization.k8s.io");
  }

  @Test
  void hasEveryDefinitionThatItRefersTo() {
    Tree document = swagger(PODS, ROLES, WIDGETS);
    Tree definitions = document.tree("definitions");

    assertThat(references(document))
        .isNotEmpty()
        .allMatch(reference -> definitions.has(reference.substring("#/definitions/".length())));
  }

  private static Set<String> references(Object value) {
    Set<String> found = new TreeSet<>();
    if (value instanceof Tree tree) {
      tree.forEach((name, inner) -> found.addAll(references(inner)));
      if (tree.get("$ref") instanceof String reference) {
        found.add(reference);
      }
    } else if (value instanceof Items items) {
      items.forEach(inner -> found.addAll(references(inner)));
    }
    return found;
  }

  @Test
  void hasTheOperationsThatClientsKnow() {
    Tree paths = swagger(PODS, ROLES).tree("paths");
    Tree pod = paths.tree("/api/v1/namespaces/{namespace}/pods/{name}");
    Tree roles = paths.tree("/apis/rbac.authorization.k8s.io/v1/clusterroles");

    assertThat(pod.tree("get").text("operationId")).isEqualTo("readCoreV1NamespacedPod");
    assertThat(pod.tree("patch").text("x-kubernetes-action")).isEqualTo("patch");
    assertThat(roles.tree("post").text("operationId"))
        .isEqualTo("createRbacAuthorizationV1ClusterRole");
    assertThat(roles.tree("delete").text("operationId"))
        .isEqualTo("deleteRbacAuthorizationV1CollectionClusterRole");
    assertThat(paths.tree("/api/v1/pods").tree("get").text("operationId"))
        .isEqualTo("listCoreV1PodForAllNamespaces");
    assertThat(
            paths
                .tree("/api/v1/namespaces/{namespace}/pods/{name}/exec")
                .tree("post")
                .text("operationId"))
        .isEqualTo("connectCoreV1PostNamespacedPodExec");
  }

  /** Clients decide by these whether they may ask for a dry run. */
  @Test
  void listsDryRunAndFieldValidationWithThePatchOfAKind() {
    Tree patch =
        v3("api/v1", PODS).tree("paths", "/api/v1/namespaces/{namespace}/pods/{name}", "patch");

    assertThat(patch.items("parameters").trees())
        .extracting(parameter -> parameter.text("name"))
        .contains("dryRun", "fieldValidation", "fieldManager", "force");
    assertThat(patch.tree("x-kubernetes-group-version-kind"))
        .isEqualTo(Tree.of("group", "", "kind", "Pod", "version", "v1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get|/api/v1/namespaces/{namespace}/pods|labelSelector fieldSelector limit continue"
            + " resourceVersion resourceVersionMatch timeoutSeconds watch allowWatchBookmarks"
            + " sendInitialEvents",
        "post|/api/v1/namespaces/{namespace}/pods|dryRun fieldManager fieldValidation",
        "delete|/api/v1/namespaces/{namespace}/pods|labelSelector fieldSelector limit dryRun"
            + " gracePeriodSeconds propagationPolicy orphanDependents",
        "put|/api/v1/namespaces/{namespace}/pods/{name}|dryRun fieldManager fieldValidation",
        "delete|/api/v1/namespaces/{namespace}/pods/{name}|dryRun gracePeriodSeconds"
            + " propagationPolicy orphanDependents",
        "get|/api/v1/namespaces/{namespace}/pods/{name}/log|container follow previous sinceSeconds"
            + " sinceTime tailLines limitBytes timestamps",
        "post|/api/v1/namespaces/{namespace}/pods/{name}/exec|container command stdin stdout stderr"
            + " tty",
      })
  void listsTheParametersOfEveryVerb(String verb, String path, String parameters) {
    Tree operations = v3("api/v1", PODS).tree("paths", path);
    List<String> all = new ArrayList<>();
    for (Items items :
        List.of(operations.items("parameters"), operations.tree(verb).items("parameters"))) {
      items.trees().forEach(parameter -> all.add(parameter.text("name")));
    }
    assertThat(all).contains(parameters.split(" ", -1)).contains("pretty", "namespace");
  }

  /** What a client needs to merge and to validate, besides the keys of lists. */
  @Test
  void marksWhatIsNotAsItsTypeSays() {
    Tree schemas = v3("api/v1", PODS).tree("components", "schemas");
    assertThat(
            schemas
                .tree("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector")
                .text("x-kubernetes-map-type"))
        .isEqualTo("atomic");
    assertThat(schemas.tree("io.k8s.apimachinery.pkg.util.intstr.IntOrString").text("format"))
        .isEqualTo("int-or-string");
    Tree size =
        v3("apis/shop.example.com/v1", widgets("size", "x-kubernetes-int-or-string"))
            .tree("components", "schemas", "com.example.shop.v1.Widget", "properties", "size");
    assertThat(size.isTrue("x-kubernetes-int-or-string")).isTrue();
    Tree any =
        v3("apis/shop.example.com/v1", widgets("any", "x-kubernetes-preserve-unknown-fields"))
            .tree("components", "schemas", "com.example.shop.v1.Widget", "properties", "any");
    assertThat(any.isTrue("x-kubernetes-preserve-unknown-fields")).isTrue();
  }

  private static ServedResource widgets(String property, String mark) {
    Tree schema = Tree.of("type", "object", "properties", Tree.of(property, Tree.of(mark, true)));
    return new ServedResource(
        "shop.example.com", "v1", "Widget", "widgets", true, ALL, List.of(), Optional.of(schema));
  }

  @Test
  void keepsReferencesAloneInVersion3() {
    Tree schemas = v3("api/v1", PODS).tree("components", "schemas");
    Tree spec = schemas.tree("io.k8s.api.core.v1.Pod", "properties", "spec");

    assertThat(spec.items("allOf"))
        .isEqualTo(Items.of(Tree.of("$ref", "#/components/schemas/io.k8s.api.core.v1.PodSpec")));
    assertThat(spec.has("$ref")).isFalse();
    assertThat(
            schemas.tree("io.k8s.api.core.v1.PodSpec", "properties", "restartPolicy").items("enum"))
        .isEqualTo(Items.of("Always", "OnFailure", "Never"));
  }

  @Test
  void publishesCustomResources() {
    Tree v3 = v3("apis/shop.example.com/v1", WIDGETS).tree("components", "schemas");
    Tree widget = v3.tree("com.example.shop.v1.Widget");
    Tree old = swagger(WIDGETS).tree("definitions", "com.example.shop.v1.Widget", "properties");

    assertThat(widget.tree("properties", "spec", "properties", "size").isTrue("nullable")).isTrue();
    assertThat(widget.tree("properties").has("metadata")).isTrue();
    assertThat(v3.has("com.example.shop.v1.WidgetList")).isTrue();
    assertThat(old.tree("spec").has("type")).isFalse();
    assertThat(old.tree("spec").has("properties")).isFalse();
  }

  @Test
  void listsTheGroupVersionsWithTheHashesOfTheirDocuments() {
    OpenApi api = api(PODS, ROLES);
    Tree paths = Json.parse(api.index().bytes()).tree("paths");
    Document core = api.groupVersion("api/v1").orElseThrow();

    assertThat(paths.tree("api/v1").text("serverRelativeURL"))
        .isEqualTo("/openapi/v3/api/v1?hash=" + core.hash());
    assertThat(paths.has("apis/rbac.authorization.k8s.io/v1")).isTrue();
    assertThat(api.groupVersion("apis/apps/v1")).isEmpty();
    assertThat(core.hash()).hasSize(128).isEqualTo(core.hash().toUpperCase(Locale.ROOT));
  }

  @Test
  void changesTheHashWithTheResources() {
    String before = api(PODS).groupVersion("api/v1").orElseThrow().hash();
    ServedResource fewer =
        new ServedResource("", "v1", "Pod", "pods", true, ALL, List.of(), Optional.empty());

    assertThat(api(PODS).groupVersion("api/v1").orElseThrow().hash()).isEqualTo(before);
    assertThat(api(fewer).groupVersion("api/v1").orElseThrow().hash()).isNotEqualTo(before);
  }

  @Test
  void encodesVersion2AsGnosticDoes() throws Exception {
    UnknownFieldSet document =
        UnknownFieldSet.parseFrom(api(PODS, ROLES, WIDGETS).swaggerProtobuf().bytes());
    UnknownFieldSet definitions = message(document, 9);
    UnknownFieldSet pod = named(definitions, 1, "io.k8s.api.core.v1.PodSpec");
    UnknownFieldSet containers = named(message(pod, 25), 1, "containers");

    assertThat(text(document, 1)).isEqualTo("2.0");
    assertThat(text(message(containers, 22), 1)).isEqualTo("array");
    assertThat(text(named(containers, 31, "x-kubernetes-patch-merge-key"), 2))
        .isEqualTo("\"name\"\n");
    assertThat(text(message(message(containers, 23), 1), 1))
        .isEqualTo("#/definitions/io.k8s.api.core.v1.Container");
    UnknownFieldSet path =
        named(message(document, 8), 2, "/api/v1/namespaces/{namespace}/pods/{name}");
    UnknownFieldSet patch = message(path, 8);
    assertThat(text(patch, 5)).isEqualTo("patchCoreV1NamespacedPod");
    UnknownFieldSet body = message(message(message(patch, 8), 1), 1);
    assertThat(text(body, 2)).isEqualTo("body");
    assertThat(text(message(body, 5), 1)).contains("#/definitions/io.k8s.");
  }

  private static UnknownFieldSet message(UnknownFieldSet in, int field) throws Exception {
    return UnknownFieldSet.parseFrom(in.getField(field).getLengthDelimitedList().get(0));
  }

  private static String text(UnknownFieldSet in, int field) {
    return in.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
  }

  private static UnknownFieldSet named(UnknownFieldSet in, int field, String name)
      throws Exception {
    for (var pair : in.getField(field).getLengthDelimitedList()) {
      UnknownFieldSet read = UnknownFieldSet.parseFrom(pair);
      if (text(read, 1).equals(name)) {
        return message(read, 2);
      }
    }
    throw new AssertionError("nothing is named " + name);
  }
}

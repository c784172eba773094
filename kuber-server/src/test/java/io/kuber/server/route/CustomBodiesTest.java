package io.kuber.server.route;

import static io.kuber.server.route.ServedApi.tree;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats in which custom resources, which have no message, may come, and where they show. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
final class CustomBodiesTest {
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String TABS = "/apis/example.com/v1/namespaces/default/tabs";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String DEFINITION =
      """
      {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
       "metadata": {"name": "tabs.example.com"},
       "spec": {"group": "example.com", "scope": "Namespaced",
         "names": {"plural": "tabs", "kind": "Tab"},
         "versions": [{"name": "v1", "served": true, "storage": true,
           "schema": {"openAPIV3Schema": {"type": "object",
             "x-kubernetes-preserve-unknown-fields": true}}}]}}
      """;
  private static final String ESTABLISHED =
      """
      {"status": {"acceptedNames": {"plural": "tabs", "kind": "Tab"}, "storedVersions": ["v1"],
         "conditions": [{"type": "Established", "status": "True"}]}}
      """;

  private ServedApi api;

  @BeforeAll
  void define(@TempDir Path pki) throws Exception {
    api = new ServedApi(pki);
    api.post(DEFINITIONS, DEFINITION);
    HttpResponse<String> established =
        send("PATCH", DEFINITIONS + "/tabs.example.com/status", MERGE_PATCH, ESTABLISHED);
    assertThat(established.statusCode()).as(established.body()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private HttpResponse<String> send(String method, String path, String type, String body) {
    return api.send(
        api.at(path).header("Content-Type", type).method(method, BodyPublishers.ofString(body)));
  }

  @ParameterizedTest
  @CsvSource({"POST, ''", "PUT, /a"})
  void comeAsJsonOrYamlAndNotAsProtobuf(String method, String name) {
    HttpResponse<String> answer = send(method, TABS + name, PROTOBUF, "k8s\0");
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(tree(answer).text("reason")).isEqualTo("UnsupportedMediaType");
    assertThat(tree(answer).text("message"))
        .isEqualTo(
            "the body of the request was in an unknown format - accepted media types include:"
                + " application/json, application/yaml");
  }

  private String described() {
    return tree(api.get("/openapi/v2")).text("definitions", "com.example.v1.Tab", "description");
  }

  /** The first answer after a definition was accepted, or changed, knows of it. */
  @Test
  void areInDiscoveryAndOpenApiAtOnce() {
    assertThat(tree(api.get("/apis/example.com/v1")).items("resources").tree(0).text("name"))
        .isEqualTo("tabs");
    assertThat(api.get("/apis", "Accept", AGGREGATED).body()).contains("\"resource\":\"tabs\"");
    String before = described3();
    assertThat(tree(api.get(before)).tree("components", "schemas").has("com.example.v1.Tab"))
        .isTrue();
    String more =
        """
        [{"op": "add", "path": "/spec/versions/0/schema/openAPIV3Schema/description",
          "value": "What is on it."}]
        """;
    HttpResponse<String> changed =
        send("PATCH", DEFINITIONS + "/tabs.example.com", "application/json-patch+json", more);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(described()).isEqualTo("What is on it.");
    assertThat(described3()).isNotEqualTo(before);
    assertThat(api.get(described3()).body()).contains("What is on it.");
  }

  private String described3() {
    return tree(api.get("/openapi/v3")).text("paths", "apis/example.com/v1", "serverRelativeURL");
  }

  @Test
  void areTakenAsYaml() {
    String tab = "{apiVersion: example.com/v1, kind: Tab, metadata: {name: b}, spec: {any: 1}}";
    HttpResponse<String> answer = send("POST", TABS, "application/yaml", tab);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(tree(answer).number(0, "spec", "any")).isEqualTo(1);
  }
}

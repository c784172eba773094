package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Input that is wrong, or meant to hurt: each gets a Status that says what was wrong, soon. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
final class BadInputTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String JSON = "application/json";
  private static final String YAML = "application/yaml";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final int DEEP = 100_000;

  private ServedApi api;

  @BeforeAll
  void start(@TempDir Path pki) throws Exception {
    api = new ServedApi(pki);
    send("POST", MAPS, JSON, utf8("{\"metadata\":{\"name\":\"there\"},\"data\":{\"a\":\"b\"}}"));
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private Response send(String method, String path, String type, byte[] body) throws Exception {
    Headers headers = type.isEmpty() ? Headers.EMPTY : Headers.of("Content-Type", type);
    return api.direct(method, path, headers, body);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static Arguments row(
      String name, String method, String path, String type, String body, int code, String says) {
    return arguments(name, method, path, type, utf8(body), code, says);
  }

  private static Arguments bytes(
      String name, String method, String path, String type, byte[] body, int code, String says) {
    return arguments(name, method, path, type, body, code, says);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"bodies", "deepBodies", "patches", "protobufs", "queries", "objects"})
  void isRefusedWithAWordOnWhatIsWrong(
      String name, String method, String path, String type, byte[] body, int code, String says)
      throws Exception {
    Response answer = send(method, path, type, body);
    String text = new String(answer.body(), UTF_8);
    assertThat(answer.status()).as(text).isEqualTo(code);
    Tree status = Json.parse(answer.body());
    assertThat(status.text("kind")).isEqualTo("Status");
    assertThat(status.number(0, "code")).isEqualTo(code);
    assertThat(status.text("message")).contains(says);
    assertThat(answer.body()).hasSizeLessThan(16 << 10);
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        row("no body", "POST", MAPS, JSON, "", 400, "<empty>"),
        row("half an object", "POST", MAPS, JSON, "{\"a\":", 400, "line 1, column"),
        row("a word", "POST", MAPS, JSON, "{nonsense}", 400, "must be of type ConfigMap"),
        row("two objects", "POST", MAPS, JSON, "{} {}", 400, "line 1, column"),
        row("a list", "POST", MAPS, JSON, "[]", 400, "expected a JSON object"),
        row("a wrong type", "POST", MAPS, JSON, "{\"data\":[]}", 400, "data of type map"),
        row(
            "a wrong type inside",
            "POST",
            PODS,
            JSON,
            "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"containers\":[{\"name\":1}]}}",
            400,
            "spec.containers.name"),
        row("half a mapping", "POST", MAPS, YAML, "a: {b: c", 400, "line 1"),
        row("a tab in YAML", "POST", MAPS, YAML, "a:\n\t- b", 400, "line 2"),
        row("two documents", "POST", MAPS, YAML, "a: b\n---\na: b", 400, "found 2"),
        bytes(
            "JSON that is no UTF-8",
            "POST",
            MAPS,
            JSON,
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            400,
            "UTF-8"),
        bytes(
            "YAML that is no UTF-8",
            "POST",
            MAPS,
            YAML,
            new byte[] {'a', ':', ' ', (byte) 0xff},
            400,
            "UTF-8"),
        row("billion laughs", "POST", MAPS, YAML, laughs(), 400, "excessive aliasing"),
        row("an alias of itself", "POST", MAPS, YAML, "a: &a [*a]", 400, "unknown anchor"),
        row(
            "a huge number",
            "POST",
            PODS,
            JSON,
            "{\"metadata\":{\"name\":\"a\",\"generation\":1e999999999}}",
            400,
            "generation"),
        row(
            "a huge quantity",
            "POST",
            PODS,
            JSON,
            "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"a\","
                + "\"resources\":{\"limits\":{\"cpu\":1e999999999}}}]}}",
            400,
            ""),
        row(
            "an unknown field, strictly",
            "POST",
            MAPS + "?fieldValidation=Strict",
            JSON,
            "{\"metadata\":{\"name\":\"a\"},\"dat\":1}",
            400,
            "unknown field \"dat\""),
        row(
            "a field twice, strictly",
            "POST",
            MAPS + "?fieldValidation=Strict",
            YAML,
            "metadata: {name: a}\ndata: {}\ndata: {}",
            400,
            "data"),
        row("CBOR", "POST", MAPS, "application/cbor", "x", 415, "accepted media types include"),
        row("options to delete that are none", "DELETE", MAPS + "/there", JSON, "[]", 400, ""),
        row(
            "options to delete of a wrong type",
            "DELETE",
            MAPS + "/there",
            JSON,
            "{\"gracePeriodSeconds\":\"x\"}",
            400,
            "gracePeriodSeconds"));
  }

  private static String laughs() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, (before + ",").repeat(9) + before));
    }
    return yaml.toString();
  }

  static Stream<Arguments> deepBodies() {
    List<Arguments> rows = new ArrayList<>();
    String objects = "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP);
    String lists = "{\"a\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}";
    for (String deep : List.of(objects, lists, "[".repeat(DEEP))) {
      String shape = deep.substring(0, 5);
      rows.add(row("deep JSON " + shape, "POST", MAPS, JSON, deep, 400, "depth"));
      rows.add(row("deep YAML " + shape, "POST", MAPS, YAML, deep, 400, "depth"));
      rows.add(
          row("deep merge " + shape, "PATCH", MAPS + "/there", MERGE_PATCH, deep, 400, "depth"));
      rows.add(
          row("deep strategic " + shape, "PATCH", MAPS + "/there", STRATEGIC, deep, 400, "depth"));
      rows.add(row("deep options " + shape, "DELETE", MAPS + "/there", JSON, deep, 400, "depth"));
    }
    rows.add(
        row(
            "deep JSON patch",
            "PATCH",
            MAPS + "/there",
            JSON_PATCH,
            "[{\"op\":\"add\",\"path\":\"/data\",\"value\":" + objects + "}]",
            400,
            "depth"));
    rows.add(row("deep block YAML", "POST", MAPS, YAML, "- ".repeat(DEEP) + "a", 400, "depth"));
    return rows.stream();
  }

  static Stream<Arguments> patches() {
    String there = MAPS + "/there";
    String test = "{\"op\":\"test\",\"path\":\"/data/a\",\"value\":\"b\"}";
    String grow = "{\"op\":\"copy\",\"from\":\"/data\",\"path\":\"/data/";
    StringBuilder bomb = new StringBuilder("[" + "{\"op\":\"add\",\"path\":\"/x\",\"value\":{}}");
    for (int i = 0; i < 60; i++) {
      bomb.append(",").append(grow).append("x").append(i).append("\"}");
    }
    return Stream.of(
        row(
            "10,001 operations",
            "PATCH",
            there,
            JSON_PATCH,
            "[" + (test + ",").repeat(10_000) + test + "]",
            413,
            "10000"),
        row("a bomb of copies", "PATCH", there, JSON_PATCH, bomb + "]", 413, "copy"),
        row(
            "a test that fails",
            "PATCH",
            there,
            JSON_PATCH,
            "[" + test.replace("\"b\"", "\"c\"") + "]",
            422,
            "testing value /data/a failed"),
        row(
            "an operation that is none",
            "PATCH",
            there,
            JSON_PATCH,
            "[{\"op\":\"grow\",\"path\":\"/a\"}]",
            400,
            "grow"),
        row(
            "a pointer that is none",
            "PATCH",
            there,
            JSON_PATCH,
            "[{\"op\":\"remove\",\"path\":\"a\"}]",
            400,
            "a"),
        row("a patch that is no list", "PATCH", there, JSON_PATCH, "{}", 400, "list of operations"),
        row("a merge that is no object", "PATCH", there, MERGE_PATCH, "[]", 400, "object"),
        row(
            "a patch that is no JSON",
            "PATCH",
            there,
            MERGE_PATCH,
            "{",
            400,
            "error decoding patch"),
        row("a patch of no type", "PATCH", there, "text/plain", "{}", 415, "accepted media types"),
        row(
            "a patch in CBOR",
            "PATCH",
            there,
            "application/apply-patch+cbor",
            "x",
            415,
            "accepted media types"),
        row("a patch to a wrong type", "PATCH", there, MERGE_PATCH, "{\"data\":3}", 400, "data"),
        row(
            "another name",
            "PATCH",
            there,
            MERGE_PATCH,
            "{\"metadata\":{\"name\":\"x\"}}",
            400,
            "name"));
  }

  static Stream<Arguments> protobufs() {
    byte[] endless = {'k', '8', 's', 0, 0x12, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};
    byte[] half = {'k', '8', 's', 0, 0x0a, 0x20, 0x0a, 2, 'v', '1'};
    byte[] unknown = {'k', '8', 's', 0, 0x0a, 9, 0x0a, 2, 'v', '1', 0x12, 3, 'F', 'o', 'o'};
    byte[] number = {'k', '8', 's', 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    return Stream.of(
        bytes("wrong magic", "POST", MAPS, PROTOBUF, utf8("{}"), 400, "expected prefix"),
        bytes("no protobuf at all", "POST", MAPS, PROTOBUF, new byte[0], 400, "expected prefix"),
        bytes("half a message", "POST", MAPS, PROTOBUF, half, 400, "longer than its message"),
        bytes(
            "a length that lies", "POST", MAPS, PROTOBUF, endless, 400, "longer than its message"),
        bytes("an unknown kind", "POST", MAPS, PROTOBUF, unknown, 400, "no kind \"Foo\""),
        bytes("an endless number", "POST", MAPS, PROTOBUF, number, 400, "64 bits"));
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        row("limit x", "GET", MAPS + "?limit=x", "", "", 400, "limit"),
        row("limit -1", "GET", MAPS + "?limit=-1", "", "", 422, "limit"),
        row("limit huge", "GET", MAPS + "?limit=99999999999999999999", "", "", 400, "out of range"),
        row("timeout x", "GET", MAPS + "?timeoutSeconds=x", "", "", 400, "timeoutSeconds"),
        row(
            "timeout x of a watch",
            "GET",
            MAPS + "?watch=1&timeoutSeconds=x",
            "",
            "",
            400,
            "timeoutSeconds"),
        row("dry run", "POST", MAPS + "?dryRun=Some", JSON, "{}", 422, "dryRun: Unsupported value"),
        row("dry run of a delete", "DELETE", MAPS + "/there?dryRun=Some", "", "", 422, "dryRun"),
        row(
            "validation",
            "POST",
            MAPS + "?fieldValidation=X",
            JSON,
            "{}",
            422,
            "fieldValidation: Unsupported"),
        row(
            "manager",
            "POST",
            MAPS + "?fieldManager=" + "x".repeat(129),
            JSON,
            "{}",
            422,
            "fieldManager: Too long"),
        row(
            "manager unprintable",
            "POST",
            MAPS + "?fieldManager=%07",
            JSON,
            "{}",
            422,
            "fieldManager: Invalid"),
        row(
            "propagation",
            "DELETE",
            MAPS + "/there?propagationPolicy=X",
            "",
            "",
            422,
            "propagationPolicy"),
        row(
            "propagation twice",
            "DELETE",
            MAPS + "/there?propagationPolicy=Orphan&orphanDependents=true",
            "",
            "",
            422,
            "propagationPolicy"),
        row(
            "grace",
            "DELETE",
            MAPS + "/there?gracePeriodSeconds=x",
            "",
            "",
            400,
            "gracePeriodSeconds"),
        row("a made-up token", "GET", MAPS + "?limit=1&continue=abc", "", "", 400, "continue"),
        row(
            "a token of nonsense",
            "GET",
            MAPS + "?limit=1&continue=%00%FF",
            "",
            "",
            400,
            "continue"),
        row("a token of JSON", "GET", MAPS + "?limit=1&continue=e30", "", "", 400, "continue"),
        row(
            "a label selector",
            "GET",
            MAPS + "?labelSelector=a+in",
            "",
            "",
            400,
            "unable to parse requirement"),
        row(
            "a field selector",
            "GET",
            MAPS + "?fieldSelector=spec.none%3D1",
            "",
            "",
            400,
            "field label not supported"),
        row("half a field selector", "GET", MAPS + "?fieldSelector=a", "", "", 400, "selector"),
        row("a version", "GET", MAPS + "?resourceVersion=x", "", "", 400, "resource version"),
        row(
            "a match",
            "GET",
            MAPS + "?resourceVersion=1&resourceVersionMatch=X",
            "",
            "",
            422,
            "resourceVersionMatch"),
        row(
            "initial events of a list",
            "GET",
            MAPS + "?sendInitialEvents=true",
            "",
            "",
            422,
            "sendInitialEvents"),
        row("what a row includes", "GET", MAPS + "?includeObject=X", "", "", 400, "includeObject"));
  }

  static Stream<Arguments> objects() {
    return Stream.of(
        row(
            "a name",
            "POST",
            MAPS,
            JSON,
            "{\"metadata\":{\"name\":\"A b\"}}",
            422,
            "metadata.name"),
        row("no name", "POST", MAPS, JSON, "{}", 422, "name"),
        row(
            "a long name",
            "POST",
            MAPS,
            JSON,
            "{\"metadata\":{\"name\":\"" + "a".repeat(254) + "\"}}",
            422,
            "metadata.name"),
        row(
            "a label",
            "POST",
            MAPS,
            JSON,
            "{\"metadata\":{\"name\":\"a\",\"labels\":{\"a b\":\"c\"}}}",
            422,
            "metadata.labels"),
        row(
            "a label's value",
            "POST",
            MAPS,
            JSON,
            "{\"metadata\":{\"name\":\"a\",\"labels\":{\"a\":\"c d\"}}}",
            422,
            "metadata.labels"),
        row(
            "an annotation",
            "POST",
            MAPS,
            JSON,
            "{\"metadata\":{\"name\":\"a\",\"annotations\":{\"a b\":\"\"}}}",
            422,
            "metadata.annotations"),
        row(
            "another namespace",
            "POST",
            MAPS,
            JSON,
            "{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\"}}",
            400,
            "namespace"),
        row(
            "another kind",
            "POST",
            MAPS,
            JSON,
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}",
            400,
            "Pod"));
  }

  @Test
  void isStillNotWhatTheServerStores() throws Exception {
    Response answer = send("GET", MAPS + "/there", "", new byte[0]);
    assertThat(Json.parse(answer.body()).tree("data")).isEqualTo(Tree.of("a", "b"));
  }
}

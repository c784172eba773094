package io.kuber.server.route;

import static io.kuber.server.route.ServedApi.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.schema.Schemas;
import io.kuber.schema.proto.ProtoCodec;
import io.kuber.store.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class ListStreamsTest {
  /** Together more than what a list as protobuf keeps from its measuring. */
  private static final int OBJECTS = 3000;

  private static final String TEXT = "four thousand bytes ".repeat(200);
  private static final String MANY = "/api/v1/namespaces/many/configmaps";
  private static final String FEW = "/api/v1/namespaces/few/configmaps";
  private static final String NONE = "/api/v1/namespaces/none/configmaps";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String PARTIAL =
      "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

  private ServedApi api;

  @BeforeAll
  void start(@TempDir Path pki) throws Exception {
    api = new ServedApi(pki);
    for (int i = 0; i < OBJECTS; i++) {
      put("many", String.format("m-%04d", i), Json.print(Tree.of("text", TEXT)));
    }
    put("few", "a", Json.print(Tree.of("x", "y")));
    put("few", "b", Json.print(Tree.of("x", "two\nlines\n")));
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private void put(String namespace, String name, byte[] data) {
    String head =
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\",";
    String tail =
        "\"namespace\":\"" + namespace + "\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},";
    byte[] json = (head + tail + "\"data\":" + new String(data, UTF_8) + "}").getBytes(UTF_8);
    api.store()
        .submit(new Command.Put(Resources.CONFIG_MAPS.key(namespace, name), Command.ABSENT, json))
        .toCompletableFuture()
        .join();
  }

  private static void assertAllThere(Items items) {
    assertThat(items.size()).isEqualTo(OBJECTS);
    for (int i = 0; i < OBJECTS; i++) {
      Tree item = items.tree(i);
      assertThat(item.text("metadata", "name")).isEqualTo(String.format("m-%04d", i));
      assertThat(item.text("metadata", "resourceVersion")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void streamsALongListInEitherVersionOfHttp(HttpClient.Version version) {
    HttpResponse<String> answer = api.send(api.at(MANY).version(version));
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    assertThat(answer.headers().firstValue("Audit-Id")).isPresent();
    assertThat(tree(answer).text("kind")).isEqualTo("ConfigMapList");
    assertAllThere(tree(answer).items("items"));
  }

  @ParameterizedTest
  @ValueSource(strings = {PARTIAL, "application/yaml"})
  void streamsShapesAndEncodingsItemByItem(String accept) {
    HttpResponse<String> answer = api.get(MANY, "Accept", accept);
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    assertAllThere(Yaml.parse(answer.body().getBytes(UTF_8)).items("items"));
  }

  @Test
  void streamsForPeople() {
    HttpResponse<String> answer = api.get(MANY + "?pretty=true");
    assertThat(answer.body()).startsWith("{\n  \"kind\": \"ConfigMapList\",\n").endsWith("\n}\n");
    assertThat(Json.printPretty(tree(answer))).isEqualTo(answer.body().getBytes(UTF_8));
    assertAllThere(tree(answer).items("items"));
  }

  @Test
  void streamsATable() {
    Tree table = tree(api.get(MANY, "Accept", TABLE));
    assertThat(table.text("kind")).isEqualTo("Table");
    assertThat(table.items("columnDefinitions").isEmpty()).isFalse();
    assertThat(table.items("rows").size()).isEqualTo(OBJECTS);
    assertThat(table.items("rows").tree(7).text("object", "metadata", "name")).isEqualTo("m-0007");
    assertThat(table.items("rows").tree(7).items("cells").get(0)).isEqualTo("m-0007");
  }

  @Test
  void streamsProtobufWhoseLengthIsKnownBefore() throws Exception {
    Tree list = ProtoCodec.of(Schemas.builtIn()).decode(bytes(MANY, PROTOBUF));
    assertThat(list.text("metadata", "resourceVersion")).isNotEmpty();
    assertAllThere(list.items("items"));
    assertThat(list.items("items").tree(OBJECTS - 1).text("data", "text")).isEqualTo(TEXT);
  }

  private byte[] bytes(String path, String accept) throws Exception {
    return api.admin()
        .send(api.at(path).header("Accept", accept).build(), BodyHandlers.ofByteArray())
        .body();
  }

  @ParameterizedTest
  @ValueSource(strings = {FEW, NONE})
  void showsTheSameInEveryEncoding(String path) throws Exception {
    Tree list = Json.parse(bytes(path, "application/json"));
    assertThat(Yaml.parse(bytes(path, "application/yaml"))).isEqualTo(list);
    assertThat(new String(bytes(path, "application/yaml"), UTF_8)).isEqualTo(Yaml.print(list));
    byte[] pretty = bytes(path + "?pretty=true", "application/json");
    assertThat(Json.parse(pretty)).isEqualTo(list);
    assertThat(pretty).isEqualTo(Json.printPretty(Json.parse(pretty)));
    assertThat(bytes(path, PROTOBUF)).isEqualTo(ProtoCodec.of(Schemas.builtIn()).encode(list));
  }

  @Test
  void saysHowLongAShortListIs() {
    HttpResponse<String> answer = api.send(api.at(FEW).version(HttpClient.Version.HTTP_1_1));
    assertThat(answer.headers().firstValueAsLong("Content-Length"))
        .hasValue(answer.body().getBytes(UTF_8).length);
  }

  /** What is stored here would not survive a parser. */
  @Test
  void copiesStoredBytesWithoutParsingThem() {
    put("raw", "odd", "{\"a\":<no JSON at all>}".getBytes(UTF_8));
    assertThat(api.get("/api/v1/namespaces/raw/configmaps").body())
        .endsWith("\"data\":{\"a\":<no JSON at all>}}]}");
    assertThat(api.get("/api/v1/namespaces/raw/configmaps/odd").body())
        .endsWith("\"data\":{\"a\":<no JSON at all>}}");
    assertThat(api.get("/api/v1/namespaces/raw/configmaps?labelSelector=!app").body())
        .endsWith("\"data\":{\"a\":<no JSON at all>}}]}");
  }

  @Test
  void compressesALongListForThoseWhoWantIt() throws Exception {
    HttpResponse<byte[]> answer =
        api.admin()
            .send(
                api.at(MANY).header("Accept-Encoding", "br, gzip").build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(answer.headers().firstValue("Vary")).contains("Accept, Accept-Encoding");
    assertThat(answer.body().length).isLessThan(OBJECTS * TEXT.length() / 10);
    assertAllThere(Json.parse(unzipped(answer.body())).items("items"));
  }

  private static byte[] unzipped(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  @Test
  void leavesAShortListUncompressed() {
    assertThat(api.get(FEW, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void answersHeadWithoutABody(HttpClient.Version version) {
    HttpResponse<String> answer =
        api.send(api.at(MANY).version(version).method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).isEmpty();
    assertThat(api.send(api.at(FEW).version(version)).statusCode()).isEqualTo(200);
  }

  @Test
  void cutsTheAnswerOffWhenAnItemCannotBeShown() {
    put("broken", "a", Json.print(Tree.of("text", TEXT.repeat(100))));
    put("broken", "b", "{]".getBytes(UTF_8));
    assertThat(
            api.admin()
                .sendAsync(
                    api.at("/api/v1/namespaces/broken/configmaps?pretty=true").build(),
                    BodyHandlers.ofString()))
        .failsWithin(Duration.ofSeconds(30));
  }
}

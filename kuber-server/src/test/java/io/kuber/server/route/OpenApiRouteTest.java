package io.kuber.server.route;

import static io.kuber.server.route.ServedApi.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WIRE 1.2 and 1.3: documents that clients keep, and in which forms they get them. */
@TestInstance(Lifecycle.PER_CLASS)
final class OpenApiRouteTest {
  private static final String V2 = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
  private static final String V3 = "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";

  private ServedApi api;

  @BeforeAll
  void start(@TempDir Path pki) throws Exception {
    api = new ServedApi(pki);
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
    var request = api.at(path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return api.admin().send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spec.v2@v1.0", "spec.v2.v1.0"})
  void sendsVersion2AsProtobufInEitherSpelling(String version) throws Exception {
    String wanted = "application/com.github.proto-openapi." + version + "+protobuf";
    HttpResponse<byte[]> answer = bytes("/openapi/v2", "Accept", wanted);
    assertThat(header(answer, "Content-Type")).isEqualTo(V2);
    assertThat(new String(answer.body(), UTF_8)).startsWith("\n\u00032.0").contains("readCoreV1");
  }

  @Test
  void compressesVersion2ForThoseWhoTakeIt() throws Exception {
    HttpResponse<byte[]> answer = bytes("/openapi/v2", "Accept-Encoding", "gzip");
    assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
    assertThat(Json.parse(plain).text("swagger")).isEqualTo("2.0");
  }

  @Test
  void refusesFormsThatItDoesNotHave() {
    assertThat(api.get("/openapi/v2", "Accept", "text/html").statusCode()).isEqualTo(406);
    assertThat(api.get("/openapi/v3/api/v1", "Accept", "text/html").statusCode()).isEqualTo(406);
  }

  /** kubectl 1.20 tries this path when it cannot have version 2, and gives up without. */
  @Test
  void hasNothingAtThePathOfOldProtobuf() {
    assertThat(api.get("/swagger-2.0.0.pb-v1").statusCode()).isEqualTo(404);
  }

  @Test
  void knowsAgainWhatTheClientHas() {
    for (String path : new String[] {"/openapi/v2", "/openapi/v3", "/openapi/v3/apis/apps/v1"}) {
      HttpResponse<String> whole = api.get(path);
      String tag = header(whole, "ETag");
      assertThat(tag).matches("\"[0-9A-F]{128}\"");
      assertThat(header(whole, "Vary")).contains("Accept");
      for (String known : new String[] {tag, "\"other\", W/" + tag, "*"}) {
        HttpResponse<String> answer = api.get(path, "If-None-Match", known);
        assertThat(answer.statusCode()).as(path + " " + known).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
      }
      assertThat(api.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsADescriptionThatNamesItsHashBeKept() {
    Tree paths = tree(api.get("/openapi/v3")).tree("paths");
    HttpResponse<String> answer = api.get(paths.text("apis/apps/v1", "serverRelativeURL"));
    assertThat(header(answer, "Cache-Control")).isEqualTo("public, immutable");
    Duration kept = Duration.between(date(answer, "Date"), date(answer, "Expires"));
    assertThat(kept).isCloseTo(Duration.ofDays(365), Duration.ofHours(1));
  }

  private static Instant date(HttpResponse<?> answer, String name) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header(answer, name)));
  }

  @Test
  void describesAGroupThatIsNotThereWithNothing() {
    HttpResponse<String> answer = api.get("/openapi/v3/apis/none.example.com/v1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spec.v3@v1.0", "spec.v3.v1.0"})
  void sendsVersion3AsProtobufInEitherSpelling(String version) throws Exception {
    String wanted = "application/com.github.proto-openapi." + version + "+protobuf";
    HttpResponse<byte[]> answer = bytes("/openapi/v3/apis/apps/v1", "Accept", wanted);
    assertThat(header(answer, "Content-Type")).isEqualTo(V3);
    assertThat(new String(answer.body(), UTF_8))
        .startsWith("\n\u00053.0.0")
        .contains("io.k8s.api.apps.v1.Deployment", "#/components/schemas/", "readAppsV1");
  }
}

package io.kuber.server.route;

import static io.kuber.server.route.ServedApi.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Schemas;
import io.kuber.schema.proto.ProtoCodec;
import io.kuber.server.format.Format.Encoding;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class RouterTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private ServedApi api;

  @BeforeAll
  void start(@TempDir Path pki) throws Exception {
    api = new ServedApi(pki);
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private static void assertStatus(HttpResponse<String> answer, int code, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
    Tree status = tree(answer);
    assertThat(status.text("kind")).isEqualTo("Status");
    assertThat(status.text("status")).isEqualTo("Failure");
    assertThat(status.text("reason")).isEqualTo(reason);
    assertThat(status.number(0, "code")).isEqualTo(code);
  }

  private HttpResponse<String> create(String name) {
    return api.post(MAPS, "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"a\":\"b\"}}");
  }

  @Test
  void createsAndShowsAnObject() {
    assertThat(create("one").statusCode()).isEqualTo(201);
    HttpResponse<String> shown = api.get(MAPS + "/one");
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(tree(shown).text("data", "a")).isEqualTo("b");
    assertThat(tree(shown).text("metadata", "resourceVersion")).matches("[1-9][0-9]*");
    assertThat(shown.headers().firstValue("Date").map(DateTimeFormatter.RFC_1123_DATE_TIME::parse))
        .isPresent();
  }

  @Test
  void listsNothingAsAnEmptyList() {
    assertThat(api.get("/api/v1/namespaces/empty/secrets").body()).contains("\"items\":[]");
  }

  /** WIRE 1.7: who writes is the program, up to the slash, unless it gives itself a name. */
  @Test
  void takesTheProgramForTheManagerOfFields() {
    for (String[] row : new String[][] {{"", "shop"}, {"?fieldManager=till", "till"}}) {
      String made = "{\"metadata\":{\"generateName\":\"by-\"},\"data\":{\"a\":\"b\"}}";
      HttpResponse<String> answer =
          api.send(
              api.at(MAPS + row[0])
                  .headers("Content-Type", "application/json", "User-Agent", "shop/v1 (linux)")
                  .POST(BodyPublishers.ofString(made)));
      Tree owner = tree(answer).items("metadata", "managedFields").tree(0);
      assertThat(owner.text("manager")).isEqualTo(row[1]);
    }
  }

  @Test
  void listsInPages() {
    create("page-1");
    create("page-2");
    Tree page = tree(api.get(MAPS + "?limit=1"));
    assertThat(page.text("kind")).isEqualTo("ConfigMapList");
    assertThat(page.items("items").size()).isEqualTo(1);
    String next = page.text("metadata", "continue");
    assertThat(tree(api.get(MAPS + "?limit=1&continue=" + next)).items("items").tree(0))
        .isNotEqualTo(page.items("items").tree(0));
  }

  @Test
  void takesYaml() {
    HttpResponse<String> answer =
        api.send(
            api.at(MAPS)
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString("metadata: {name: from-yaml}\ndata: {a: b}\n")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  @Test
  void showsAnObjectInProtobufAndTakesItBack() throws Exception {
    create("proto");
    byte[] body =
        api.admin()
            .send(
                api.at(MAPS + "/proto")
                    .header("Accept", "application/vnd.kubernetes.protobuf")
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body();
    assertThat(body).startsWith('k', '8', 's', 0);
    HttpResponse<String> answer =
        api.send(
            api.at(MAPS + "/proto")
                .header("Content-Type", "application/vnd.kubernetes.protobuf")
                .PUT(BodyPublishers.ofByteArray(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void showsATable() {
    create("row");
    HttpResponse<String> answer = api.get(MAPS + "/row", "Accept", TABLE);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(tree(answer).text("kind")).isEqualTo("Table");
    assertThat(tree(answer).items("columnDefinitions").tree(0).text("name")).isEqualTo("Name");
  }

  @ParameterizedTest
  @CsvSource({
    "'', PartialObjectMetadata, ''",
    "?includeObject=Metadata, PartialObjectMetadata, ''",
    "?includeObject=Object, ConfigMap, b",
    "?includeObject=None, '', ''",
  })
  void showsOfTheObjectBehindARowWhatIsAskedFor(String query, String kind, String data) {
    create("behind");
    for (String path : List.of(MAPS + "/behind" + query, MAPS + query)) {
      for (Tree row : tree(api.get(path, "Accept", TABLE)).items("rows").trees()) {
        assertThat(row.items("cells").isEmpty()).isFalse();
        assertThat(row.text("object", "kind")).as(path).isEqualTo(kind);
        assertThat(row.text("object", "data", "a")).as(path).isEqualTo(data);
      }
    }
    assertThat(tree(api.get(MAPS + query, "Accept", TABLE)).items("rows").isEmpty()).isFalse();
  }

  @Test
  void showsATableOfTheOldVersion() {
    create("old-row");
    Tree table = tree(api.get(MAPS + "/old-row", "Accept", TABLE.replace("v=v1", "v=v1beta1")));
    assertThat(table.text("apiVersion")).isEqualTo("meta.k8s.io/v1beta1");
    assertThat(table.items("rows").size()).isEqualTo(1);
  }

  @Test
  void showsAScaleAsItselfWhereATableIsAskedFor() {
    api.post(
        "/apis/apps/v1/namespaces/default/deployments",
        """
        {"metadata":{"name":"web"},"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},
        "template":{"metadata":{"labels":{"a":"b"}},
        "spec":{"containers":[{"name":"c","image":"i"}]}}}}""");
    HttpResponse<String> answer =
        api.get("/apis/apps/v1/namespaces/default/deployments/web/scale", "Accept", TABLE);
    assertThat(tree(answer).text("kind")).as(answer.body()).isEqualTo("Scale");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void showsOnlyMetadata() {
    create("partial");
    Tree shown =
        tree(
            api.get(
                MAPS + "/partial",
                "Accept",
                "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"));
    assertThat(shown.text("kind")).isEqualTo("PartialObjectMetadata");
    assertThat(shown.has("data")).isFalse();
  }

  /** WIRE 1.4: kube-controller-manager's metadata informers ask for nothing else. */
  @Test
  void showsOnlyMetadataInProtobuf() throws Exception {
    create("partial-proto");
    for (String path : List.of(MAPS + "/partial-proto", MAPS)) {
      byte[] body =
          api.admin()
              .send(
                  api.at(path)
                      .header(
                          "Accept",
                          "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata"
                              + (path.equals(MAPS) ? "List" : "")
                              + ";g=meta.k8s.io;v=v1")
                      .build(),
                  HttpResponse.BodyHandlers.ofByteArray())
              .body();
      Tree shown = ProtoCodec.of(Schemas.builtIn()).decode(body);
      assertThat(shown.text("kind")).startsWith("PartialObjectMetadata");
      assertThat(shown.has("data")).isFalse();
      assertThat(shown.toString()).contains("partial-proto");
    }
  }

  @Test
  void printsForPeople() {
    create("pretty");
    assertThat(api.get(MAPS + "/pretty?pretty=true").body()).contains("\n");
    assertThat(api.get(MAPS + "/pretty").body().strip()).doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl/8.5.0", "Wget/1.21", "Mozilla/5.0 (X11; Linux x86_64)"})
  void printsForProgramsThatPeopleReadWith(String program) {
    create("shown");
    for (String path : List.of(MAPS + "/shown", MAPS, "/api", "/apis/apps/v1", MAPS + "/gone")) {
      String indented = api.get(path, "User-Agent", program).body();
      assertThat(indented).as(path).startsWith("{\n  \"kind\": \"");
      assertThat(api.get(path + "?pretty=true").body()).as(path).isEqualTo(indented);
      assertThat(api.get(path + "?pretty=false", "User-Agent", program).body().strip())
          .as(path)
          .doesNotContain("\n");
    }
  }

  @Test
  void readsOptionsToDeleteInEveryEncoding() {
    create("kept");
    Tree dry = Tree.of("kind", "DeleteOptions", "apiVersion", "v1", "dryRun", Items.of("All"));
    for (Encoding encoding : Encoding.values()) {
      HttpResponse<String> answer =
          api.send(
              api.at(MAPS + "/kept")
                  .header("Content-Type", encoding.mediaType())
                  .method("DELETE", BodyPublishers.ofByteArray(encoding.print(dry))));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(tree(answer).text("status")).isEqualTo("Success");
      assertThat(api.get(MAPS + "/kept").statusCode()).as(encoding.mediaType()).isEqualTo(200);
    }
  }

  @Test
  void warnsOfFieldsThatItDoesNotKnow() {
    HttpResponse<String> answer = api.post(MAPS, "{\"metadata\":{\"name\":\"warned\"},\"dat\":{}}");
    assertThat(answer.headers().firstValue("Warning"))
        .contains("299 - \"unknown field \\\"dat\\\"\"");
  }

  @Test
  void readsANamedObjectWhateverTheWatchParameterSays() {
    create("named");
    assertThat(tree(api.get(MAPS + "/named?watch=true")).text("kind")).isEqualTo("ConfigMap");
  }

  @Test
  void answersHeadWithoutABody() {
    HttpResponse<String> answer =
        api.send(api.at("/version").method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    assertStatus(api.get(MAPS + "/none"), 404, "NotFound");
    assertStatus(api.get("/api/v1/nonsense"), 404, "NotFound");
    assertStatus(api.get("/nonsense"), 404, "NotFound");
    assertStatus(api.get("/apis/nonsense"), 404, "NotFound");
  }

  @Test
  void saysWhatIsMissingInTheEncodingThatTheClientReads() throws Exception {
    HttpResponse<String> yaml = api.get(MAPS + "/none", "Accept", "application/yaml");
    assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
    assertThat(Yaml.parse(yaml.body().getBytes(UTF_8)).text("reason")).isEqualTo("NotFound");
    Response proto = api.direct("GET", MAPS + "/none", Headers.of("Accept", PROTOBUF), new byte[0]);
    assertThat(proto.headers().first("Content-Type")).contains(PROTOBUF);
    assertThat(ProtoCodec.of(Schemas.builtIn()).decode(proto.body()).text("reason"))
        .isEqualTo("NotFound");
  }

  @Test
  void refusesMethodsThatAResourceDoesNotHave() {
    assertStatus(
        api.send(api.at(MAPS + "/one").method("OPTIONS", BodyPublishers.noBody())),
        405,
        "MethodNotAllowed");
  }

  @Test
  void refusesFormatsThatItDoesNotWrite() {
    assertStatus(api.get(MAPS, "Accept", "application/cbor"), 406, "NotAcceptable");
  }

  @Test
  void refusesBodiesThatAreTooLarge() {
    assertStatus(
        api.post(MAPS, "{\"data\":{\"a\":\"" + "x".repeat(4 << 20) + "\"}}"),
        413,
        "RequestEntityTooLarge");
  }

  @Test
  void refusesFormatsThatItDoesNotRead() {
    assertStatus(
        api.send(
            api.at(MAPS)
                .header("Content-Type", "application/cbor")
                .POST(BodyPublishers.ofString("x"))),
        415,
        "UnsupportedMediaType");
  }

  @Test
  void refusesBodiesThatCannotBeRead() {
    assertStatus(api.post(MAPS, "{"), 400, "BadRequest");
    assertStatus(api.post(MAPS, ""), 400, "BadRequest");
  }

  @Test
  void warnsOfFieldsGivenTwiceOrRefusesThemWhereStrictnessIsAskedFor() {
    String twice = "{\"metadata\":{\"name\":\"twice\"},\"data\":{},\"data\":{}}";
    HttpResponse<String> refused = api.post(MAPS + "?fieldValidation=Strict", twice);
    assertStatus(refused, 400, "BadRequest");
    assertThat(tree(refused).text("message")).contains("duplicate field \"data\"");
    assertThat(api.post(MAPS, twice).headers().firstValue("Warning"))
        .contains("299 - \"duplicate field \\\"data\\\"\"");
  }

  @Test
  void refusesParametersThatMakeNoSense() {
    assertStatus(api.get(MAPS + "?limit=many"), 400, "BadRequest");
    assertStatus(api.post(MAPS + "?dryRun=Some", "{}"), 422, "Invalid");
    assertStatus(api.post(MAPS + "?fieldValidation=Never", "{}"), 422, "Invalid");
    assertStatus(api.post(MAPS + "?fieldManager=" + "x".repeat(129), "{}"), 422, "Invalid");
  }

  @Test
  void refusesObjectsThatAreInvalid() {
    assertStatus(api.post(MAPS, "{\"metadata\":{\"name\":\"No Name\"}}"), 422, "Invalid");
  }

  @Test
  void offersTheLegacyDocuments() {
    assertThat(tree(api.get("/api")).text("kind")).isEqualTo("APIVersions");
    assertThat(tree(api.get("/apis")).text("kind")).isEqualTo("APIGroupList");
    assertThat(tree(api.get("/apis/apps")).text("kind")).isEqualTo("APIGroup");
    Tree core = tree(api.get("/api/v1"));
    assertThat(core.text("kind")).isEqualTo("APIResourceList");
    assertThat(core.items("resources").trees())
        .extracting(resource -> resource.text("name"))
        .contains("pods", "pods/log", "namespaces/finalize");
  }

  private static Tree named(Tree list, String name) {
    return list.items("resources").trees().stream()
        .filter(resource -> resource.text("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tellsOfEachResourceWhatClientsAskOfIt() {
    Tree apps = tree(api.get("/apis/apps/v1"));
    assertThat(apps.text("groupVersion")).isEqualTo("apps/v1");
    Tree deployments = named(apps, "deployments");
    assertThat(deployments.text("singularName")).isEqualTo("deployment");
    assertThat(deployments.isTrue("namespaced")).isTrue();
    assertThat(deployments.text("kind")).isEqualTo("Deployment");
    assertThat(deployments.items("verbs").texts())
        .contains("create", "deletecollection", "list", "watch");
    assertThat(deployments.items("shortNames").texts()).containsExactly("deploy");
    assertThat(deployments.items("categories").texts()).containsExactly("all");
    assertThat(deployments.text("storageVersionHash")).hasSize(12);
    Tree scale = named(apps, "deployments/scale");
    assertThat(scale.text("group")).isEqualTo("autoscaling");
    assertThat(scale.text("version")).isEqualTo("v1");
    assertThat(scale.text("kind")).isEqualTo("Scale");
    assertThat(tree(api.get("/api")).items("versions").texts()).containsExactly("v1");
  }

  /** Clients read the numbers as numbers and the version as a semantic one. */
  @Test
  void tellsItsVersion() {
    HttpResponse<String> answer = api.get("/version");
    assertThat(answer.body()).startsWith("{\n  \"major\": \"");
    assertThat(tree(answer).text("major")).matches("\\d+");
    assertThat(tree(answer).text("minor")).matches("\\d+");
    assertThat(tree(answer).text("gitVersion"))
        .startsWith("v" + tree(answer).text("major") + "." + tree(answer).text("minor") + ".")
        .matches("v\\d+\\.\\d+\\.\\d+\\+[0-9A-Za-z.-]+");
  }

  @Test
  void offersTheAggregatedDocumentToThoseWhoAskForIt() {
    HttpResponse<String> answer = api.get("/apis", "Accept", AGGREGATED + ",application/json");
    assertThat(answer.headers().firstValue("Content-Type")).contains(AGGREGATED);
    assertThat(tree(answer).text("kind")).isEqualTo("APIGroupDiscoveryList");
    assertThat(answer.headers().firstValue("Vary")).contains("Accept");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("public");
    String tag = answer.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).matches("\"[0-9A-F]{128}\"");
    assertThat(api.get("/apis", "Accept", AGGREGATED, "If-None-Match", tag).statusCode())
        .isEqualTo(304);
  }

  /** WIRE 1.2: what clients since 1.36 ask for first. */
  @Test
  void offersTheAggregatedDocumentOfThisServerAlone() {
    String accept = AGGREGATED + ";profile=nopeer," + AGGREGATED + ",application/json";
    HttpResponse<String> answer = api.get("/api", "Accept", accept);
    assertThat(answer.headers().firstValue("Content-Type")).contains(AGGREGATED);
    assertThat(tree(answer).items("items").size()).isEqualTo(1);
  }

  @Test
  void offersLegacyDocumentsToThoseWhoPreferThem() {
    for (String accept :
        new String[] {
          "application/json," + AGGREGATED,
          AGGREGATED.replace("v=v2", "v=v2beta1") + ",application/json",
        }) {
      assertThat(tree(api.get("/apis", "Accept", accept)).text("kind"))
          .as(accept)
          .isEqualTo("APIGroupList");
    }
  }

  @Test
  void sendsReadersOfAnOldDescriptionToTheNewOne() {
    String address =
        tree(api.get("/openapi/v3")).text("paths", "apis/apps/v1", "serverRelativeURL");
    assertThat(api.get(address).statusCode()).isEqualTo(200);
    HttpResponse<String> moved = api.get("/openapi/v3/apis/apps/v1?hash=OLD");
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.headers().firstValue("Location")).contains(address);
  }

  @Test
  void tellsItsHealthCheckByCheck() {
    assertThat(api.get("/readyz").body()).isEqualTo("ok");
    assertThat(api.get("/readyz/store").body()).isEqualTo("ok");
    assertThat(api.get("/readyz/none").statusCode()).isEqualTo(404);
    assertThat(api.get("/livez?verbose").body()).contains("[+]store ok", "livez check passed");
  }

  @Test
  void warnsOfVersionsThatAreOnTheirWayOut() {
    HttpResponse<String> old = api.get("/apis/policy/v1beta1/poddisruptionbudgets");
    assertThat(old.statusCode()).isEqualTo(200);
    assertThat(old.headers().firstValue("Warning"))
        .contains(
            "299 - \"policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in"
                + " v1.25+; use policy/v1 PodDisruptionBudget\"");
    assertThat(api.get("/apis/policy/v1/poddisruptionbudgets").headers().firstValue("Warning"))
        .isEmpty();
  }
}

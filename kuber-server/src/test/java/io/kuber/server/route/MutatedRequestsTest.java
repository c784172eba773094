package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.http.Headers;
import io.kuber.http.RecordedExchange;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.Problems;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Served;
import io.kuber.resource.Subresource;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.schema.FieldCheck.Findings;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import io.kuber.store.Stored;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spoiled bodies, patches and options of every kind at every verb, drawn from a seed, which {@code
 * -Dseed=} repeats: the server is never at fault, stays small, and stores nothing that schema or
 * rules would refuse.
 */
final class MutatedRequestsTest {
  private static final long SEED = Long.getLong("seed", 1);

  /** Objects of each version of each kind. */
  private static final int OBJECTS = 3;

  /** Tries to make a drawn body one that the server takes. */
  private static final int MENDINGS = 16;

  /** Spoiled forms of one body at each verb. */
  private static final int SPOILED = 6;

  /** A list of all that is stored fits; what grows with each request does not. */
  private static final int MAX_ANSWER_BYTES = 4 << 20;

  private static final long MAX_HEAP_GROWTH_BYTES = 192 << 20;

  private static final List<String> PATCHES =
      List.of("merge-patch+json", "strategic-merge-patch+json", "json-patch+json");

  private static final List<String> OPTIONS =
      List.of(
          "limit",
          "continue",
          "resourceVersion",
          "resourceVersionMatch",
          "labelSelector",
          "fieldSelector",
          "sendInitialEvents",
          "allowWatchBookmarks",
          "pretty",
          "dryRun",
          "fieldManager",
          "fieldValidation",
          "gracePeriodSeconds",
          "propagationPolicy",
          "force");

  private static final List<String> FORMATS =
      List.of(
          "json",
          "json;as=Table;v=v1;g=meta.k8s.io",
          "json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
          "yaml",
          "vnd.kubernetes.protobuf");

  /** Those that mean something to an old version. */
  private static final List<String> ANNOTATIONS =
      List.of(
          "autoscaling.alpha.kubernetes.io/metrics",
          "autoscaling.alpha.kubernetes.io/current-metrics",
          "autoscaling.alpha.kubernetes.io/conditions",
          "autoscaling.alpha.kubernetes.io/behavior",
          "deprecated.daemonset.template.generation",
          "deprecated.deployment.rollback.revision",
          "deployment.kubernetes.io/revision",
          "volume.beta.kubernetes.io/storage-class");

  private static final List<String> METRICS =
      List.of(
          "[1]",
          "[{}]",
          "{}",
          "{\"scaleUp\":{\"policies\":3}}",
          "[{\"type\":5,\"status\":{}}]",
          "[{\"type\":\"Resource\",\"resource\":{\"name\":1,\"targetAverageUtilization\":\"x\"}}]");

  private final Random random = new Random(SEED);
  private final DrawnBody drawn = new DrawnBody(random);
  private final MendedBody mended = new MendedBody(random, drawn);
  private final MutatedBody bodies = new MutatedBody(random);
  private final List<RecordedExchange> watches = new ArrayList<>();
  private ServedApi api;

  @BeforeEach
  void start(@TempDir Path pki) throws Exception {
    api = new ServedApi(pki);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void areTheClientsFaultAndLeaveTheStoreSound() throws Exception {
    long before = heapBytes();
    for (Served served : BuiltInKinds.catalogue().served()) {
      Optional<TypeSchema> schema = served.version().schema().type();
      if (schema.isPresent()) {
        watch(served.type());
        for (int i = 0; i < OBJECTS; i++) {
          attack(served, schema.get(), "a" + i);
        }
        deleteSome(served.type());
      }
    }
    for (Served served : BuiltInKinds.catalogue().served()) {
      readInEveryFormat(collection(served.type()));
    }
    for (RecordedExchange watch : watches) {
      assertNoFault("WATCH", watch.request().target(), new byte[0], watch.await());
    }
    assertStoreIsSound();
    assertThat(heapBytes() - before).as(seed()).isLessThan(MAX_HEAP_GROWTH_BYTES);
  }

  private static String seed() {
    return "-Dseed=" + SEED;
  }

  private static long heapBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private void attack(Served served, TypeSchema schema, String name) throws Exception {
    String all = collection(served.type());
    String one = all + "/" + name;
    Tree whole = accepted(served.type(), schema, name);
    send("POST", all, "json", Json.print(whole));
    whole = whole.withAt(annotations(), "metadata", "annotations");
    for (int i = 0; i < SPOILED; i++) {
      send("POST", all + options(), "json", bodies.bytes(bodies.spoiled(whole)));
      change(one, whole);
      for (Subresource part : served.version().subresources()) {
        attack(one, part, whole);
      }
    }
    send("GET", one + options(), "json", new byte[0]);
    send("GET", all + options(), "json", new byte[0]);
  }

  private void attack(String one, Subresource part, Tree whole) throws Exception {
    Tree body =
        whole.text("kind").equals(part.kind())
            ? whole
            : Schemas.builtIn()
                .of(part.apiVersion(), part.kind())
                .map(schema -> drawn.object(schema, 0))
                .orElse(Tree.EMPTY);
    if (part.verbs().contains(Verb.UPDATE)) {
      change(one + "/" + part.name(), body);
    } else if (part.verbs().equals(List.of(Verb.CREATE))) {
      send("POST", one + "/" + part.name(), "json", bodies.bytes(bodies.spoiled(body)));
    }
  }

  private void change(String path, Tree whole) throws Exception {
    send("PUT", path + options(), "json", bodies.bytes(bodies.spoiled(whole)));
    String type = bodies.oneOf(PATCHES);
    Object change = bodies.spoiled(whole);
    Object patch = type.startsWith("json") ? operations(change) : change;
    send("PATCH", path + options(), type, bodies.bytes(patch));
  }

  private static String collection(ResourceType type) {
    String root = type.group().isEmpty() ? "/api/" : "/apis/" + type.group() + "/";
    String scope = type.namespaced() ? "/namespaces/default/" : "/";
    return root + type.version() + scope + type.plural();
  }

  /** A drawn body, mended until the server would take it, or patience ends. */
  private Tree accepted(ResourceType type, TypeSchema schema, String name) throws Exception {
    Tree body = placed(drawn.object(schema, 0), type, name);
    for (int i = 0; i < MENDINGS; i++) {
      String path = collection(type) + "?dryRun=All";
      Response answer = send("POST", path, "json", Json.print(body));
      if (answer.status() != 422) {
        return body;
      }
      body = placed(mended.mended(body, schema, Json.parse(answer.body())), type, name);
    }
    return body;
  }

  private static Tree placed(Tree body, ResourceType type, String name) {
    return body.with("kind", type.kind())
        .with("apiVersion", type.apiVersion())
        .with("metadata", Tree.of("name", name, "labels", Tree.of("a", "a")));
  }

  private Items operations(Object change) {
    String at = bodies.oneOf(List.of("", "/spec", "/metadata/labels/x", "/spec/-", "/a~", "x"));
    String op = bodies.oneOf(List.of("add", "replace", "remove", "test", "copy", "move", "x"));
    Tree operation = Tree.of("op", op, "path", at, "from", "/metadata", "value", change);
    return Items.of(random.nextBoolean() ? operation : bodies.spoiled(operation));
  }

  private String options() {
    return random.nextInt(3) > 0 ? "" : "?" + option();
  }

  private String option() {
    return bodies.oneOf(OPTIONS) + "=" + URLEncoder.encode(bodies.text(), UTF_8);
  }

  private Tree annotations() {
    Tree.Builder annotations = Tree.builder();
    for (String name : ANNOTATIONS) {
      if (random.nextInt(3) == 0) {
        boolean isJson = name.startsWith("autoscaling") && random.nextBoolean();
        annotations.put(name, isJson ? bodies.oneOf(METRICS) : bodies.text());
      }
    }
    return annotations.build();
  }

  /** What got into the store can also be read: converted, encoded, and as a row of a table. */
  private void readInEveryFormat(String all) throws Exception {
    for (String format : FORMATS) {
      Headers headers = Headers.of("Accept", "application/" + format);
      byte[] none = {};
      assertNoFault("GET", all + " as " + format, none, api.direct("GET", all, headers, none));
    }
  }

  private void deleteSome(ResourceType type) throws Exception {
    Tree options =
        Tree.of(
            "gracePeriodSeconds",
            0L,
            "propagationPolicy",
            "Background",
            "preconditions",
            Tree.of("uid", "u", "resourceVersion", "1"));
    String all = collection(type);
    for (int i = 0; i < SPOILED; i++) {
      byte[] body = bodies.bytes(bodies.spoiled(options));
      send("DELETE", all + "/a0" + options(), "json", body);
      send("DELETE", all + "?labelSelector=a%21%3Da&" + option(), "json", body);
    }
  }

  /** Their answers are awaited in the end: a watch that is not refused takes a second. */
  private void watch(ResourceType type) {
    for (int i = 0; i < SPOILED; i++) {
      String target = collection(type) + "?watch=true&timeoutSeconds=1&" + option();
      watches.add(api.begin("GET", target, Headers.EMPTY, new byte[0]));
    }
  }

  private Response send(String method, String path, String type, byte[] body) throws Exception {
    Headers headers = Headers.of("Content-Type", "application/" + type);
    Response answer = api.direct(method, path, headers, body);
    assertNoFault(method, path, body, answer);
    return answer;
  }

  private static void assertNoFault(String method, String path, byte[] body, Response answer) {
    assertThat(answer.status() < 500 && answer.body().length < MAX_ANSWER_BYTES)
        .as(
            () ->
                "%s %s %s %s -> %s"
                    .formatted(
                        seed(),
                        method,
                        path,
                        new String(body, UTF_8),
                        new String(answer.body(), UTF_8)))
        .isTrue();
  }

  private void assertStoreIsSound() {
    Set<String> stored = new HashSet<>();
    for (Kind kind : BuiltInKinds.catalogue().kinds()) {
      Iterator<Stored> all = api.store().image().scan(kind.type().qualifiedName(), "", null);
      while (all.hasNext()) {
        KubeObject object = all.next().object();
        assertIsSound(kind, object);
        stored.add(kind.type().qualifiedName());
      }
    }
    assertThat(stored).as(seed()).hasSizeGreaterThan(BuiltInKinds.catalogue().kinds().size() / 4);
  }

  private static void assertIsSound(Kind kind, KubeObject object) {
    String which = seed() + " " + object;
    Findings findings = kind.stored().schema().check().apply(object.tree());
    assertThat(findings.error()).as(which).isEmpty();
    assertThat(findings.unknown()).as(which).isEmpty();
    Problems problems = new Problems();
    kind.rules().check(object, problems);
    assertThat(problems.found()).as(which).isEmpty();
  }
}

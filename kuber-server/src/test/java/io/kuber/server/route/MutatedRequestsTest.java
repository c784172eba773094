package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Served;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.schema.FieldCheck;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import io.kuber.store.Stored;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spoiled bodies and patches of every kind at every verb, drawn from a seed, which {@code -Dseed=}
 * repeats: the server is never at fault, and never stores what the schema would refuse.
 */
final class MutatedRequestsTest {
  private static final int ROUNDS = 8;
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final List<String> PATCHES =
      List.of("merge-patch+json", "strategic-merge-patch+json", "json-patch+json");

  private final Random random = new Random(SEED);
  private final MutatedBody bodies = new MutatedBody(random);
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
    for (Served served : BuiltInKinds.catalogue().served()) {
      Optional<TypeSchema> schema =
          Schemas.builtIn().of(served.type().apiVersion(), served.type().kind());
      if (schema.isPresent()) {
        for (int round = 0; round < ROUNDS; round++) {
          attack(served.type(), schema.get(), "a" + round);
        }
      }
    }
    assertStoreIsSound();
  }

  private void attack(ResourceType type, TypeSchema schema, String name) throws Exception {
    String root = type.group().isEmpty() ? "/api/" : "/apis/" + type.group() + "/";
    String scope = type.namespaced() ? "/namespaces/default/" : "/";
    String all = root + type.version() + scope + type.plural();
    Tree metadata = Tree.of("name", name);
    Tree whole =
        bodies
            .object(schema, 0)
            .with("kind", type.kind())
            .with("apiVersion", type.apiVersion())
            .with("metadata", metadata);
    send("POST", all, "json", whole);
    send("POST", all, "json", bodies.spoiled(whole));
    send("PUT", all + "/" + name, "json", bodies.spoiled(whole));
    String patch = PATCHES.get(random.nextInt(PATCHES.size()));
    Object change = bodies.spoiled(whole.with("metadata", Tree.EMPTY));
    send("PATCH", all + "/" + name, patch, patch.startsWith("json") ? operations(change) : change);
    send("PATCH", all + "/" + name + "/status", PATCHES.get(0), change);
    send("GET", all + "/" + name, "json", Tree.EMPTY);
    if (random.nextBoolean()) {
      send("DELETE", all + "/" + name, "json", bodies.spoiled(Tree.of("gracePeriodSeconds", 0L)));
    }
  }

  private Items operations(Object change) {
    Tree operation = Tree.of("op", "add", "path", "/spec", "value", change);
    return Items.of(random.nextBoolean() ? operation : bodies.spoiled(operation));
  }

  private void send(String method, String path, String type, Object body) throws Exception {
    Headers headers = Headers.of("Content-Type", "application/" + type);
    Response answer = api.direct(method, path, headers, Json.print(body));
    assertThat(answer.status())
        .as(
            () ->
                "-Dseed=" + SEED + " " + method + " " + path + " "
                    + new String(Json.print(body), UTF_8) + " -> "
                    + new String(answer.body(), UTF_8))
        .isLessThan(500);
  }

  private void assertStoreIsSound() {
    int stored = 0;
    for (Served served : BuiltInKinds.catalogue().served()) {
      for (Stored one : api.stored(served.type())) {
        Tree tree = one.object().tree();
        Optional<TypeSchema> schema =
            Schemas.builtIn().of(tree.text("apiVersion"), tree.text("kind"));
        assertThat(schema).as(tree.toString()).isPresent();
        assertThat(FieldCheck.check(tree, schema.get()).error())
            .as("-Dseed=" + SEED + " " + tree)
            .isEmpty();
        stored++;
      }
    }
    assertThat(stored).isPositive();
  }
}

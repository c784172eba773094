package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;
import org.junit.jupiter.api.Test;

final class SpliceTest {
  private static String spliced(String json) {
    return new String(Splice.json(stored(json)), UTF_8);
  }

  private static Stored stored(String json) {
    return new Stored(Resources.PODS.key("a", "b"), 7, json.getBytes(UTF_8));
  }

  @Test
  void putsTheRevisionInFrontOfTheRest() {
    assertThat(spliced("{\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"},\"spec\":{}}"))
        .isEqualTo(
            "{\"kind\":\"Pod\",\"metadata\":{\"resourceVersion\":\"7\",\"name\":\"b\"},"
                + "\"spec\":{}}");
  }

  @Test
  void fillsEmptyMetadata() {
    assertThat(spliced("{\"metadata\":{}}"))
        .isEqualTo("{\"metadata\":{\"resourceVersion\":\"7\"}}");
  }

  @Test
  void isNotMisledByTextThatLooksLikeMetadata() {
    Tree object =
        Tree.of(
            "kind",
            "\"metadata\":{",
            "metadata",
            Tree.of("labels", Tree.of("a", "\"metadata\":{")),
            "spec",
            Tree.of("metadata", Tree.of("name", "inner")));
    Tree read = Json.parse(spliced(new String(Json.print(object), UTF_8)).getBytes(UTF_8));
    assertThat(read).isEqualTo(object.withAt("7", "metadata", "resourceVersion"));
  }

  @Test
  void refusesAnObjectWithoutMetadata() {
    assertThatThrownBy(() -> spliced("{\"kind\":\"Pod\"}"))
        .isInstanceOf(IllegalStateException.class);
  }
}

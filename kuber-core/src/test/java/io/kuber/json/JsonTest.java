package io.kuber.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"b\":1,\"a\":[true,false,null,{}]}",
        "[0,-1,9223372036854775807,-9223372036854775808,18446744073709551615,1.5,10000000000]",
        "[\"\",\"\\\"\\\\\\n\\t\\u0001\",\"é€😀\",\"\\ud800\",\"/<>&\"]",
      })
  void printsWhatItParsed(String json) {
    assertThat(new String(Json.print(Json.parseValue(bytes(json))), UTF_8)).isEqualTo(json);
  }

  @Test
  void parsesOneObjectOnItsWayAndNothingBehindIt() {
    byte[] json =
        "{\"a\":[{\"b\":{}}],\"b\":{\"x\":{\"c\":1},\"c\":{\"d\":2}},oops".getBytes(UTF_8);
    assertThat(Json.parseTreeAt(json, "b", "c")).isEqualTo(Tree.of("d", 2L));
    assertThat(Json.parseTreeAt(json, "b", "x", "c")).isEqualTo(Tree.EMPTY);
    assertThat(Json.parseTreeAt(json, "a", "b")).isEqualTo(Tree.EMPTY);
    assertThat(Json.parseTreeAt("{\"a\":1}".getBytes(UTF_8), "b")).isEqualTo(Tree.EMPTY);
  }

  @Test
  void printsTextsOfAnyLength() {
    String text = "aé\n".repeat(5_000) + "z".repeat(10_000);
    assertThat(Json.parse(Json.print(Tree.of("t", text))).text("t")).isEqualTo(text);
  }

  @Test
  void reportsFieldsThatAreThereTwice() {
    List<String> duplicates = new ArrayList<>();
    byte[] json =
        bytes("{\"spec\":{\"containers\":[{\"name\":\"a\",\"name\":\"b\"}],\"x\":1},\"spec\":{}}");
    assertThat(Json.parse(json, duplicates::add)).isEqualTo(Tree.of("spec", Tree.EMPTY));
    assertThat(duplicates).containsExactly("spec.containers[0].name", "spec");
  }

  @Test
  void keepsManyFieldsInOrder() {
    StringBuilder json = new StringBuilder("{\"k0\":0");
    StringBuilder backwards = new StringBuilder("{\"k99\":99");
    for (int i = 1; i < 100; i++) {
      json.append(",\"k" + i + "\":" + i);
      backwards.append(",\"k" + (99 - i) + "\":" + (99 - i));
    }
    Tree tree = Json.parse(bytes(json + ",\"k5\":-5}"));
    assertThat(tree.size()).isEqualTo(100);
    assertThat(tree.valueAt(5)).isEqualTo(-5L);
    assertThat(tree.with("k5", 5L)).isEqualTo(Json.parse(bytes(backwards + "}")));
    assertThat(tree).isNotEqualTo(Json.parse(bytes(backwards + "}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":}", "[1,]", "{} {}", "{\"a\":01}", "nul"})
  void saysThatTheInputIsWrong(String json) {
    assertThatThrownBy(() -> Json.parse(bytes(json))).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesDeepNesting() {
    assertThatThrownBy(() -> Json.parseValue(bytes("[".repeat(10_000))))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("nesting depth");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}

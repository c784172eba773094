package io.kuber.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrettyTest {
  @Test
  void printsAFieldPerLineAndEmptyThingsOnOne() {
    Tree tree =
        Tree.of(
            "kind",
            "Pod",
            "metadata",
            Tree.EMPTY,
            "items",
            Items.of(1L, Tree.of("a", true)),
            "none",
            Items.EMPTY);

    String text = new String(Json.printPretty(tree), StandardCharsets.UTF_8);

    assertThat(text)
        .isEqualTo(
            """
            {
              "kind": "Pod",
              "metadata": {},
              "items": [
                1,
                {
                  "a": true
                }
              ],
              "none": []
            }
            """);
  }
}

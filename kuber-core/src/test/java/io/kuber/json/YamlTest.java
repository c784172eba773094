package io.kuber.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yes        | true",
        "Off        | false",
        "n          | false",
        "'yes'      | \"yes\"",
        "~          | null",
        "0777       | 511",
        "0o17       | 15",
        "0x1F       | 31",
        "0b101      | 5",
        "-0b101     | -5",
        "08         | 8",
        "1_000      | 1000",
        "+12        | 12",
        "1.0        | 1",
        "1e3        | 1000",
        "1.5        | 1.5",
        ".5         | 0.5",
        "1.2.3      | \"1.2.3\"",
        "12:30:45   | \"12:30:45\"",
        "2001-01-01 | \"2001-01-01\"",
        "9223372036854775807 | 9223372036854775807",
        "18446744073709551615 | 18446744073709551615",
        "100m       | \"100m\"",
        "!!str 12   | \"12\"",
        "{a: 1, b: [x, 'y']} | {\"a\":1,\"b\":[\"x\",\"y\"]}",
      })
  void readsScalarsAsKubernetesDoes(String yaml, String json) {
    Object parsed = Yaml.parseAll(("v: " + yaml).getBytes(UTF_8), duplicate -> {}).get(0);
    String wanted = "{\"v\":" + json + "}";
    assertThat(new String(Json.print(parsed), UTF_8)).isEqualTo(wanted);
  }

  @Test
  void readsKeysAsTexts() {
    assertThat(Yaml.parse(bytes("on: 1\n8080: 2\noff: 3\n")))
        .isEqualTo(Tree.of("true", 1L, "8080", 2L, "false", 3L));
  }

  @Test
  void joinsLinesThatAreContinued() {
    assertThat(Yaml.parse(bytes("a: \"mongodb://x,\\\n    y\"\nb: two\n  words\n")))
        .isEqualTo(Tree.of("a", "mongodb://x,y", "b", "two words"));
  }

  @Test
  void readsManyDocumentsAndLeavesOutEmptyOnes() {
    List<Tree> trees = Yaml.parseTrees(bytes("# first\n---\na: 1\n---\n# none\n---\nb: 2\n...\n"));
    assertThat(trees).containsExactly(Tree.of("a", 1L), Tree.of("b", 2L));
  }

  @Test
  void followsAliasesAndMergesMappings() {
    Tree tree = Yaml.parse(bytes("base: &b {x: 1, z: 2}\nmore:\n  z: 3\n  <<: *b\nlist: [*b]\n"));
    assertThat(tree.tree("more")).isEqualTo(Tree.of("z", 3L, "x", 1L));
    assertThat(tree.items("list").tree(0)).isEqualTo(Tree.of("x", 1L, "z", 2L));
  }

  @Test
  void refusesAliasesThatGrowWithoutBounds() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (before + ", ").repeat(9) + before + "]\n");
    }
    assertThatThrownBy(() -> Yaml.parse(bytes(bomb.toString())))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("excessive aliasing");
  }

  @Test
  void refusesEqualKeysUnlessAskedToReportThem() {
    byte[] yaml = bytes("a: 1\nb:\n  c: 1\n  c: 2\n");
    assertThatThrownBy(() -> Yaml.parse(yaml))
        .isInstanceOf(MalformedException.class)
        .hasMessage("error converting YAML to JSON: yaml: line 4: key \"c\" already set in map");
    List<String> duplicates = new ArrayList<>();
    assertThat(Yaml.parse(yaml, duplicates::add).number(0, "b", "c")).isEqualTo(2);
    assertThat(duplicates).containsExactly("line 4: key \"c\" already set in map");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: b: c", "a:\n\t- b", "[1, 2", "a: *nowhere", "? [a]\n: b", "a: .inf"})
  void saysWhereTheInputIsWrong(String yaml) {
    assertThatThrownBy(() -> Yaml.parse(bytes(yaml)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("error converting YAML to JSON: ");
  }

  @Test
  void printsAsKubectlDoes() {
    Tree pod =
        Tree.builder()
            .put("kind", "Pod")
            .put("apiVersion", "v1")
            .put(
                "metadata",
                Tree.of(
                    "name", "web",
                    "creationTimestamp", "2026-01-02T03:04:05Z",
                    "annotations", Tree.of("a", "{\"x\":1}\n", "b10", "yes", "b9", "1", "e", "")))
            .put(
                "spec",
                Tree.of(
                    "containers",
                    Items.of(
                        Tree.of(
                            "name",
                            "c",
                            "args",
                            Items.of("-f", "- x", "a: b", "'q'", "*"),
                            "empty",
                            Tree.EMPTY),
                        Tree.of("none", Items.EMPTY, "nil", Nil.NIL)),
                    "hostNetwork",
                    true,
                    "script",
                    "#!/bin/sh\necho hi",
                    "tabbed",
                    "a\tb\nc",
                    "nested",
                    Items.of(Items.of(1L, 2L), Items.of())))
            .build();
    assertThat(Yaml.print(pod))
        .isEqualTo(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              annotations:
                a: |
                  {"x":1}
                b9: "1"
                b10: "yes"
                e: ""
              creationTimestamp: "2026-01-02T03:04:05Z"
              name: web
            spec:
              containers:
              - args:
                - -f
                - '- x'
                - 'a: b'
                - '''q'''
                - '*'
                empty: {}
                name: c
              - nil: null
                none: []
              hostNetwork: true
              nested:
              - - 1
                - 2
              - []
              script: |-
                #!/bin/sh
                echo hi
              tabbed: "a\\tb\\nc"
            """);
  }

  @Test
  void foldsLongTexts() {
    String words = "word ".repeat(30).trim();
    assertThat(Yaml.print(Tree.of("message", words)))
        .isEqualTo(
            "message: " + "word ".repeat(15).trim() + "\n  " + "word ".repeat(15).trim() + "\n");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void readsBackWhatItPrints(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      Tree tree = Tree.of("v", value(random, 4), text(random), value(random, 3));
      String printed = Yaml.print(tree);
      assertThat(Yaml.parse(bytes(printed))).as(printed).isEqualTo(tree);
    }
  }

  private static Object value(Random random, int depth) {
    int kinds = depth == 0 ? 4 : 6;
    return switch (random.nextInt(kinds)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean();
      case 2 -> Nil.NIL;
      case 3 -> text(random);
      case 4 -> {
        Tree.Builder tree = Tree.builder();
        for (int i = random.nextInt(4); i > 0; i--) {
          tree.put(text(random), value(random, depth - 1));
        }
        yield tree.build();
      }
      default -> {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        yield Items.copyOf(items);
      }
    };
  }

  private static String text(Random random) {
    String signs = "ab 01.-:#'\"\\\n\t{}[],&*!|>%@`?~=+yno_é\u00a0\u2028\uD83D\uDE00\u0007";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextInt(10) == 0 ? 120 : 9);
    while (text.length() < length) {
      int c = signs.codePointAt(random.nextInt(signs.length()));
      text.appendCodePoint(Character.isSurrogate((char) c) && c < 0x10000 ? 'z' : c);
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void knowsTheLinesOfFieldsAndItems() {
    String yaml = "# a comment\na: 1\nlist:\n- x: {y: 2}\n  z:\n    deep: 3\n- 7\n---\nb: 1\n";
    assertThat(Yaml.lines(yaml.getBytes(UTF_8)))
        .containsEntry("a", 2)
        .containsEntry("list", 3)
        .containsEntry("list[0]", 4)
        .containsEntry("list[0].x.y", 4)
        .containsEntry("list[0].z.deep", 6)
        .containsEntry("list[1]", 7)
        .doesNotContainKey("b");
  }
}

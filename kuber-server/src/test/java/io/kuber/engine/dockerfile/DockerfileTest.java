package io.kuber.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Dockerfile says, and what it means. */
final class DockerfileTest {
  private static final Map<String, String> VARIABLES = Map.of("x", "1", "empty", "", "y", "$x");

  @Test
  void joinsContinuedLinesAndLeavesCommentsOut() throws Exception {
    Dockerfile file =
        Dockerfile.parse(
            "# first\nFROM a AS b\n\nRUN one \\\n  # between\n  two\nCMD [\"x\", \"y\"]\n");

    assertThat(file.instructions())
        .extracting(Instruction::name)
        .containsExactly("FROM", "RUN", "CMD");
    assertThat(file.instructions().get(1).rest()).isEqualTo("one   two");
    assertThat(file.instructions().get(1).line()).isEqualTo(4);
    assertThat(file.instructions().get(2).list()).contains(List.of("x", "y"));
  }

  @Test
  void readsFlagsEscapesAndHereDocuments() throws Exception {
    Dockerfile file =
        Dockerfile.parse(
            "# escape=`\nCOPY --from=0 --chown=1:2 a `\n b\nRUN <<EOF\necho 1\necho 2\nEOF\nUSER 1\n");

    assertThat(file.escape()).isEqualTo('`');
    assertThat(file.instructions().get(0).flags()).containsExactly("--from=0", "--chown=1:2");
    assertThat(file.instructions().get(0).rest()).isEqualTo("a  b");
    assertThat(file.instructions().get(1).heredocs().get(0).content())
        .isEqualTo("echo 1\necho 2\n");
    assertThat(file.instructions().get(2).name()).isEqualTo("USER");
  }

  @Test
  void namesTheLineOfAnUnknownInstruction() {
    assertThatThrownBy(() -> Dockerfile.parse("FROM a\n\nRUNN x\n"))
        .hasMessage("dockerfile parse error line 3: unknown instruction: RUNN");
    assertThatThrownBy(() -> Dockerfile.parse("RUN <<EOF\nx\n"))
        .hasMessageContaining("unterminated heredoc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a$x|a1",
        "a${x}b|a1b",
        "${z:-d}|d",
        "${empty:-d}|d",
        "${empty-d}|''",
        "${x:+set}|set",
        "${z:+set}|''",
        "${z:-${x}}|1",
        "\\$x|$x",
        "\"a $x\"|a 1",
        "a\\ b|a b",
        "$y|$x",
        "$|$"
      })
  void expandsVariables(String word, String expanded) throws Exception {
    assertThat(Expansion.expand(word, '\\', VARIABLES)).isEqualTo(expanded);
  }

  @Test
  void leavesSingleQuotesAloneAndRefusesHalfWords() throws Exception {
    assertThat(Expansion.expand("'$x'", '\\', VARIABLES)).isEqualTo("$x");
    assertThatThrownBy(() -> Expansion.expand("${x", '\\', VARIABLES))
        .hasMessageContaining("missing '}'");
    assertThatThrownBy(() -> Expansion.expand("${z:?needed}", '\\', VARIABLES))
        .hasMessage("z: needed");
  }

  @ParameterizedTest
  @CsvSource({
    "*.log,a.log,true",
    "*.log,d/a.log,false",
    "**/*.log,d/a.log,true",
    "**/*.log,a.log,true",
    "d,d/a/b,true",
    "/d/,d/a,true",
    "d?,d1,true",
    "d?,d/1,false",
    "[ab].txt,a.txt,true",
    "a.b,axb,false"
  })
  void leavesOutWhatPatternsMatch(String pattern, String path, boolean isLeftOut) {
    assertThat(Ignored.parse(pattern).matches(path)).isEqualTo(isLeftOut);
  }

  @Test
  void lastPatternCounts() {
    Ignored ignored = Ignored.parse("# comment\n*.md\n!README.md\n");

    assertThat(ignored.matches("a.md")).isTrue();
    assertThat(ignored.matches("README.md")).isFalse();
  }

  private static Settings after(String... lines) throws Exception {
    Settings settings = new Settings(Tree.of("config", Tree.EMPTY));
    for (Instruction each : Dockerfile.parse(String.join("\n", lines)).instructions()) {
      settings = settings.apply(each, settings.environment());
    }
    return settings;
  }

  @Test
  void instructionsChangeTheConfiguration() throws Exception {
    Tree config =
        after(
                "ENV a=1 b=\"x y\"",
                "ENV c the rest",
                "WORKDIR /w",
                "WORKDIR $a",
                "LABEL k=\"v w\"",
                "EXPOSE 80 90-91/udp",
                "VOLUME /data",
                "USER 7:8",
                "STOPSIGNAL SIGINT",
                "CMD echo hi",
                "ENTRYPOINT [\"/e\"]",
                "HEALTHCHECK --interval=5s --retries=3 CMD true")
            .config();

    assertThat(config.items("Env").texts()).containsExactly("a=1", "b=x y", "c=the rest");
    assertThat(config.text("WorkingDir")).isEqualTo("/w/1");
    assertThat(config.tree("Labels").texts()).containsEntry("k", "v w");
    assertThat(config.tree("ExposedPorts").has("91/udp")).isTrue();
    assertThat(config.tree("Volumes").has("/data")).isTrue();
    assertThat(config.items("Cmd").texts()).containsExactly("/bin/sh", "-c", "echo hi");
    assertThat(config.items("Entrypoint").texts()).containsExactly("/e");
    assertThat(config.tree("Healthcheck").number(0, "Interval")).isEqualTo(5_000_000_000L);
    assertThat(config.tree("Healthcheck").items("Test").texts())
        .containsExactly("CMD-SHELL", "true");
  }
}

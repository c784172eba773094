package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.cli.Transcript.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Documents as things to do. */
final class TranscriptTest {
  @Test
  void readsWhatIsTypedAndWhatIsSeenThenAndWhatHappens() {
    String document =
        """
        Type this:

        ```console
        a$ one two
        seen first
        seen second
        b$ three
        ```

        <!-- test: b is lost -->
        ```sh
        a$ not this
        ```
        """;
    assertThat(Transcript.of(document))
        .containsExactly(
            new Step.Typed("a", "one two", List.of("seen first", "seen second")),
            new Step.Typed("b", "three", List.of()),
            new Step.Lost("b"));
  }

  @Test
  void refusesOutputThatNobodyAskedFor() {
    assertThatThrownBy(() -> Transcript.of("```console\nfrom nowhere\n```"))
        .hasMessageContaining("from nowhere");
  }

  @Test
  void knowsALineAgainOnAnotherDay() {
    String line = "c   away   1   142   10.0.0.3:6443   2026-01-01T00:00:00Z";
    assertThat("c away  7    9   10.0.0.3:6443 2027-05-05T01:02:03.5Z and more")
        .matches(Transcript.pattern(line));
    assertThat("d away  7    9   10.0.0.3:6443 2027-05-05T01:02:03Z")
        .doesNotMatch(Transcript.pattern(line));
    assertThat("./kuber --token abc.def@sha256:1")
        .matches(Transcript.pattern("./kuber --token TOKEN"));
  }
}

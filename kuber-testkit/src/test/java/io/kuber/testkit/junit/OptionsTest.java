package io.kuber.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.testkit.TestClusterOptions;
import io.kuber.testkit.node.NodeSettings;
import io.kuber.testkit.node.stage.PodState;
import io.kuber.testkit.node.stage.Stage;
import org.junit.jupiter.api.Test;

/** What a class wishes of its cluster. */
final class OptionsTest {
  private static TestClusterOptions of(Class<?> type) throws Exception {
    return Options.of(type, type.getAnnotation(KuberTest.class));
  }

  @KuberTest(nodes = 2, stages = "crashing.yaml", seed = 7)
  static final class InWords {}

  @KuberTest
  static final class InAField {
    @ClusterOptions
    static final TestClusterOptions OPTIONS = TestClusterOptions.DEFAULT.withNodes(5);
  }

  @KuberTest
  static final class InAMethod {
    @ClusterOptions
    static TestClusterOptions options() {
      return TestClusterOptions.DEFAULT.withNodes(NodeSettings.pool("big", 1));
    }
  }

  @KuberTest(nodes = 1)
  static final class Twice {
    @ClusterOptions static final TestClusterOptions OPTIONS = TestClusterOptions.DEFAULT;
  }

  @KuberTest
  static final class NotStatic {
    @ClusterOptions final TestClusterOptions options = TestClusterOptions.DEFAULT;
  }

  @KuberTest(stages = "none.yaml")
  static final class WithoutFile {}

  @Test
  void readsTheWordsOfTheAnnotation() throws Exception {
    TestClusterOptions options = of(InWords.class);
    assertThat(options.nodes()).extracting(NodeSettings::count).containsExactly(2);
    assertThat(options.behaviour().stages())
        .extracting(Stage::to)
        .containsExactly(PodState.CRASHED);
    assertThat(options.seed()).isEqualTo(7);
  }

  @Test
  void takesTheOptionsOfAFieldOrMethod() throws Exception {
    assertThat(of(InAField.class)).isSameAs(InAField.OPTIONS);
    assertThat(of(InAMethod.class).nodes())
        .extracting(NodeSettings::prefix)
        .containsExactly("big-");
  }

  @Test
  void refusesWhatItCannotFollow() {
    assertThatThrownBy(() -> of(Twice.class))
        .hasMessage(
            "what the cluster of Twice is like is said twice: by OPTIONS and by @KuberTest");
    assertThatThrownBy(() -> of(NotStatic.class)).hasMessage("options has to be static");
    assertThatThrownBy(() -> of(WithoutFile.class))
        .hasMessageStartingWith("there is no resource none.yaml beside");
  }
}

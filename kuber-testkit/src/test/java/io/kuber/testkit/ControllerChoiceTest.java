package io.kuber.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.boot.Kuber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControllerChoiceTest {
  @ParameterizedTest
  @CsvSource({
    "*, job-controller, true",
    "*, kube-scheduler, true",
    "'', job-controller, false",
    "* -job-controller, job-controller, false",
    "* -job-controller, deployment-controller, true",
    "-job-controller *, job-controller, false",
    "job-controller, job-controller, true",
    "job-controller, kube-scheduler, false",
    "* -job-controller job-controller, job-controller, true",
    "-job-controller, deployment-controller, false",
  })
  void readsWordsAsTheControllerManagerDoes(String words, String name, boolean runs) {
    ControllerChoice choice =
        words.isEmpty() ? ControllerChoice.NONE : ControllerChoice.of(words.split(" ", -1));
    assertThat(choice.runs(name)).isEqualTo(runs);
    assertThat(choice.paused().contains(name)).isEqualTo(!runs);
  }

  @Test
  void pausesEverybodyOrNobody() {
    assertThat(ControllerChoice.ALL.paused()).isEmpty();
    assertThat(ControllerChoice.NONE.paused())
        .containsExactlyElementsOf(Kuber.deciders())
        .contains("kube-scheduler", "deployment-controller")
        .hasSizeGreaterThan(20);
  }

  @Test
  void refusesNamesThatNobodyHas() {
    assertThatThrownBy(() -> ControllerChoice.of("*", "-deployment"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no controller \"deployment\"; there are ")
        .hasMessageContaining("deployment-controller");
  }
}

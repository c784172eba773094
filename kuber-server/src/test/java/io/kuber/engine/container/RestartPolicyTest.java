package io.kuber.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.engine.EngineException;
import io.kuber.object.Tree;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of containers that have ended. */
final class RestartPolicyTest {
  private static RestartPolicy policy(String name, long most) {
    return RestartPolicy.of(
        Tree.of("RestartPolicy", Tree.of("Name", name, "MaximumRetryCount", most)));
  }

  @ParameterizedTest
  @CsvSource({
    "no, 0, 1, 0, false, false",
    "'', 0, 1, 0, false, false",
    "always, 0, 0, 99, false, true",
    "always, 0, 0, 0, true, false",
    "unless-stopped, 0, 0, 0, false, true",
    "on-failure, 0, 0, 0, false, false",
    "on-failure, 0, 3, 99, false, true",
    "on-failure, 2, 3, 1, false, true",
    "on-failure, 2, 3, 2, false, false",
    "on-failure, 2, 3, 0, true, false",
  })
  void saysWhetherThereIsAnotherRun(
      String name, long most, int code, int failures, boolean isStopped, boolean expected) {
    assertThat(policy(name, most).again(code, failures, isStopped)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "always, true, true",
    "unless-stopped, false, true",
    "unless-stopped, true, false",
    "on-failure, false, false",
    "no, false, false",
  })
  void saysWhatStartsWithTheEngine(String name, boolean isStopped, boolean expected) {
    assertThat(policy(name, 0).withEngine(isStopped)).isEqualTo(expected);
  }

  @Test
  void waitsLongerAndLongerUntilARunIsGood() {
    assertThat(RestartPolicy.pause(0)).hasMillis(100);
    assertThat(RestartPolicy.pause(3)).hasMillis(800);
    assertThat(RestartPolicy.pause(40)).hasMinutes(1);
    assertThat(RestartPolicy.failures(7, Duration.ofMillis(9_999))).isEqualTo(7);
    assertThat(RestartPolicy.failures(7, Duration.ofSeconds(10))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "sometimes, 0, unknown policy",
    "always, 3, MaximumRetryCount",
    "on-failure, -1, Max"
  })
  void refusesOthers(String name, long most, String why) {
    assertThatThrownBy(() -> policy(name, most))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(why);
  }
}

package io.kuber.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.testkit.check.Answer.Failed;
import io.kuber.testkit.check.Answer.Unknown;
import io.kuber.testkit.check.Answer.Written;
import io.kuber.testkit.check.Request.Put;
import org.junit.jupiter.api.Test;

class CallRecorderTest {
  private static final Put PUT = new Put("pods/web", 0, "x");

  private final CallRecorder recorder = new CallRecorder(2);

  @Test
  void ordersCallsAsTheyBeganAndEnded() {
    long first = recorder.begin("a", PUT);
    long second = recorder.begin("b", PUT);
    recorder.end(second, new Written(1));
    recorder.end(first, new Failed("overloaded"));
    assertThat(recorder.calls())
        .containsExactly(
            new Call("a", PUT, new Failed("overloaded"), 1, 4),
            new Call("b", PUT, new Written(1), 2, 3));
    assertThat(recorder.answered()).isEqualTo(2);
  }

  @Test
  void doesNotKnowWhatBecameOfCallsWithoutAnAnswer() {
    recorder.begin("a", PUT);
    long second = recorder.begin("b", PUT);
    recorder.end(second, new Unknown("the leader is gone"));
    assertThat(recorder.calls()).allMatch(Call::isUnknown).hasSize(2);
  }

  @Test
  void keepsTheFirstAnswer() {
    long call = recorder.begin("a", PUT);
    recorder.end(call, new Written(1));
    recorder.end(call, new Written(2));
    assertThat(recorder.calls()).singleElement().matches(only -> only.made() == 1);
  }

  @Test
  void refusesMoreCallsThanItsLimit() {
    recorder.begin("a", PUT);
    recorder.begin("a", PUT);
    assertThatThrownBy(() -> recorder.begin("a", PUT)).hasMessageContaining("more than 2 calls");
  }
}

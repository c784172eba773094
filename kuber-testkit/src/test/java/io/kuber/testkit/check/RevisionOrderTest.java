package io.kuber.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.check.Answer.Read;
import io.kuber.testkit.check.Answer.Written;
import io.kuber.testkit.check.Request.Get;
import io.kuber.testkit.check.Request.Put;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevisionOrderTest {
  private final List<Call> calls = new ArrayList<>();

  @Test
  void acceptsRightHistories() {
    for (long seed = 0; seed < 100; seed++) {
      assertThat(RevisionOrder.check(RightHistories.of(seed, 600).calls())).isEmpty();
    }
  }

  @Test
  void seesAWriteOfOneKeyThatIsOlderThanAnEarlierOneOfAnother() {
    call(1, 2, new Put("a", 0, "1"), new Written(2));
    call(3, 4, new Put("b", 0, "2"), new Written(1));
    assertThat(RevisionOrder.check(calls)).singleElement().asString().contains("back in time");
  }

  @Test
  void seesAnImageThatLacksAnEarlierWriteOfAnotherKey() {
    call(1, 2, new Put("a", 0, "1"), new Written(2));
    call(3, 4, new Get("b"), new Read(0, "", 1));
    assertThat(RevisionOrder.check(calls)).hasSize(1);
  }

  @Test
  void seesAWriteBelowAnImageThatWasReadBefore() {
    call(1, 2, new Get("b"), new Read(0, "", 4));
    call(3, 4, new Put("a", 0, "1"), new Written(4));
    assertThat(RevisionOrder.check(calls)).hasSize(1);
  }

  @Test
  void seesOneRevisionMadeTwice() {
    call(1, 5, new Put("a", 0, "1"), new Written(2));
    call(2, 4, new Put("b", 0, "2"), new Written(2));
    assertThat(RevisionOrder.check(calls)).singleElement().asString().contains("made one revision");
  }

  @Test
  void saysNothingOfCallsThatOverlap() {
    call(1, 4, new Put("a", 0, "1"), new Written(2));
    call(3, 5, new Put("b", 0, "2"), new Written(1));
    call(2, 6, new Get("a"), new Read(0, "", 0));
    assertThat(RevisionOrder.check(calls)).isEmpty();
  }

  private void call(long start, long end, Request request, Answer answer) {
    calls.add(new Call("client", request, answer, start, end));
  }
}

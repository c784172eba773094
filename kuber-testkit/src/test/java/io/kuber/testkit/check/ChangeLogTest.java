package io.kuber.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.check.Answer.Failed;
import io.kuber.testkit.check.Answer.Refused;
import io.kuber.testkit.check.Answer.Written;
import io.kuber.testkit.check.Request.Delete;
import io.kuber.testkit.check.Request.Put;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
  private final ChangeLog log = new ChangeLog();

  @Test
  void agreesWithRightHistories() {
    for (long seed = 0; seed < 100; seed++) {
      RightHistories.History right = RightHistories.of(seed, 600);
      assertThat(right.truth().check()).isEmpty();
      assertThat(right.truth().check(right.calls())).isEmpty();
    }
  }

  @Test
  void seesReplicasThatDiffer() {
    log.add("a", new Change(1, "pods/web", false, "x"));
    log.add("b", new Change(1, "pods/web", false, "x"));
    log.add("c", new Change(1, "pods/web", false, "y"));
    assertThat(log.check())
        .containsExactly("a applied 1 pods/web \"x\", but c applied 1 pods/web \"y\"");
  }

  @Test
  void seesMissingRevisions() {
    log.add("a", new Change(4, "pods/web", false, "x"));
    assertThat(log.check()).containsExactly("nobody applied 1 to 3");
  }

  @Test
  void seesAnAcknowledgedWriteThatIsGone() {
    log.add("a", new Change(1, "pods/web", false, "x"));
    assertThat(log.check(List.of(call(new Put("pods/web", 0, "x"), new Written(1))))).isEmpty();
    assertThat(
            log.check(
                List.of(
                    call(new Put("pods/web", 0, "x"), new Written(1)),
                    call(new Put("pods/web", 1, "y"), new Written(2)),
                    call(new Delete("pods/web", 2), new Written(3)))))
        .hasSize(2)
        .allSatisfy(wrong -> assertThat(wrong).startsWith("acknowledged, but lost"));
  }

  @Test
  void seesAnAcknowledgedWriteThatBecameAnother() {
    log.add("a", new Change(1, "pods/web", false, "z"));
    assertThat(
            log.check(
                List.of(
                    call(new Put("pods/web", 0, "x"), new Written(1)),
                    call(new Put("pods/web", 0, "z"), new Written(Answer.UNTOLD)))))
        .singleElement()
        .asString()
        .startsWith("acknowledged, but lost");
  }

  @Test
  void seesAWriteThatTookEffectTwice() {
    log.add("a", new Change(1, "pods/web", false, "x"));
    log.add("a", new Change(2, "pods/web", false, "x"));
    assertThat(log.check(List.of(call(new Put("pods/web", 0, "x"), new Written(1)))))
        .containsExactly("took effect twice: 2 pods/web \"x\"");
  }

  @Test
  void seesAWriteThatTookEffectThoughItWasDenied() {
    log.add("a", new Change(1, "pods/web", false, "x"));
    log.add("a", new Change(2, "pods/api", false, "y"));
    assertThat(
            log.check(
                List.of(
                    call(new Put("pods/web", 0, "x"), new Failed("overloaded")),
                    call(new Put("pods/api", 0, "y"), new Refused(0)))))
        .hasSize(2)
        .allSatisfy(wrong -> assertThat(wrong).contains("denied"));
  }

  @Test
  void seesAWriteThatNobodyAskedFor() {
    log.add("a", new Change(1, "pods/web", false, "x"));
    assertThat(log.check(List.of())).containsExactly("nobody asked for 1 pods/web \"x\"");
  }

  private static Call call(Request request, Answer answer) {
    return new Call("client", request, answer, 1, 2);
  }
}

package io.kuber.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.check.Answer.Failed;
import io.kuber.testkit.check.Answer.Read;
import io.kuber.testkit.check.Answer.Refused;
import io.kuber.testkit.check.Answer.Unknown;
import io.kuber.testkit.check.Answer.Written;
import io.kuber.testkit.check.Request.Delete;
import io.kuber.testkit.check.Request.Get;
import io.kuber.testkit.check.Request.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {
  private static final String KEY = "pods/web";

  private final List<Call> calls = new ArrayList<>();

  @Test
  void acceptsAHistoryWithoutCalls() {
    assertAccepted();
  }

  @Test
  void acceptsReadsOfEitherStateWhileAWriteIsUnderWay() {
    call(1, 10, new Put(KEY, 0, "a"), new Written(1));
    call(2, 3, new Get(KEY), absent());
    call(4, 5, new Get(KEY), read(1, "a"));
    assertAccepted();
  }

  @Test
  void refutesAReadThatGoesBackWhileAWriteIsUnderWay() {
    call(1, 10, new Put(KEY, 0, "a"), new Written(1));
    call(2, 3, new Get(KEY), read(1, "a"));
    call(4, 5, new Get(KEY), absent());
    assertThat(refuted().smallest()).hasSize(3);
  }

  @Test
  void refutesAStaleRead() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    call(3, 4, new Put(KEY, 1, "b"), new Written(2));
    call(5, 6, new Get(KEY), read(1, "a"));
    Verdict.Refuted refuted = refuted();
    assertThat(refuted.from()).isEqualTo("\"b\" at 2");
    assertThat(refuted.smallest()).hasSize(1);
    assertThat(refuted).asString().contains("get pods/web -> \"a\" at 1");
  }

  @Test
  void refutesALostWrite() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    call(3, 4, new Get(KEY), absent());
    refuted();
  }

  @Test
  void refutesAReadOfAValueThatNobodyWrote() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    call(3, 4, new Get(KEY), read(1, "b"));
    refuted();
  }

  @Test
  void refutesAReadAtARevisionThatTheWriteDidNotMake() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    call(3, 4, new Get(KEY), read(2, "a"));
    refuted();
  }

  @Test
  void refutesTwoWinnersOfOneRevision() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    call(3, 8, new Put(KEY, 1, "b"), new Written(2));
    call(4, 7, new Put(KEY, 1, "c"), new Written(3));
    assertThat(refuted().smallest()).hasSize(1);
  }

  @Test
  void refutesAConflictThatWasNone() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    call(3, 4, new Put(KEY, 1, "b"), new Refused(Answer.UNTOLD));
    refuted();
  }

  @Test
  void refutesAConflictWithAStateThatNeverWas() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    call(3, 4, new Put(KEY, 7, "b"), new Refused(3));
    refuted();
  }

  @Test
  void refutesRevisionsThatGoBack() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(5));
    call(3, 4, new Delete(KEY, 5), new Written(4));
    refuted();
  }

  @Test
  void refutesADeleteOfNothing() {
    call(1, 2, new Delete(KEY, Request.ANY), new Written(1));
    refuted();
  }

  @Test
  void refutesAnObjectThatComesBackAfterItsDeletion() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    call(3, 4, new Delete(KEY, 1), new Written(2));
    call(5, 6, new Get(KEY), read(1, "a"));
    refuted();
  }

  @Test
  void letsAWriteOfUnknownOutcomeTakeEffectMuchLater() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    unknown(3, new Put(KEY, 1, "b"));
    call(4, 5, new Get(KEY), read(1, "a"));
    call(6, 7, new Get(KEY), read(1, "a"));
    call(8, 9, new Get(KEY), read(4, "b"));
    call(10, 11, new Put(KEY, 4, "c"), new Written(5));
    assertAccepted();
  }

  @Test
  void letsAWriteOfUnknownOutcomeNeverTakeEffect() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    unknown(3, new Delete(KEY, 1));
    call(8, 9, new Put(KEY, 1, "c"), new Written(2));
    assertAccepted();
  }

  @Test
  void refutesAWriteOfUnknownOutcomeThatWasUndone() {
    call(1, 2, new Put(KEY, 0, "a"), new Written(1));
    unknown(3, new Put(KEY, 1, "b"));
    call(4, 5, new Get(KEY), read(2, "b"));
    call(6, 7, new Get(KEY), read(1, "a"));
    refuted();
  }

  @Test
  void refutesTwoRevisionsOfOneWriteOfUnknownOutcome() {
    unknown(1, new Put(KEY, 0, "a"));
    call(2, 3, new Get(KEY), read(4, "a"));
    call(4, 5, new Get(KEY), read(5, "a"));
    refuted();
  }

  @Test
  void refutesAWriteThatTookEffectThoughItFailed() {
    call(1, 2, new Put(KEY, 0, "a"), new Failed("the disk is full"));
    call(3, 4, new Get(KEY), read(1, "a"));
    refuted();
  }

  @Test
  void refutesAWriteThatTakesEffectBeforeItWasAskedFor() {
    call(1, 2, new Get(KEY), read(1, "a"));
    unknown(3, new Put(KEY, 0, "a"));
    refuted();
  }

  @Test
  void acceptsRightHistories() {
    for (long seed = 0; seed < 200; seed++) {
      List<Call> right = RightHistories.of(seed, 600).calls();
      assertThat(Linearizability.check(right))
          .as("seed %d", seed)
          .isEqualTo(new Verdict.Accepted());
    }
  }

  @Test
  void findsOneStaleReadAmongManyCallsAndShowsLittleElse() {
    for (long seed = 0; seed < 50; seed++) {
      calls.clear();
      calls.addAll(RightHistories.of(seed, 600).calls());
      staleRead(new Random(seed));
      assertThat(refuted().smallest()).as("seed %d", seed).hasSizeLessThanOrEqualTo(6);
    }
  }

  /** A read of a state that was replaced before the read began. */
  private void staleRead(Random random) {
    List<Call> puts =
        calls.stream().filter(call -> call.made() > 0 && call.request() instanceof Put).toList();
    Call old = puts.get(random.nextInt(puts.size() / 2));
    Call newer =
        calls.stream()
            .filter(call -> call.made() > old.made() && call.end() > old.end())
            .filter(call -> call.request().key().equals(old.request().key()))
            .findFirst()
            .orElseThrow();
    Put put = (Put) old.request();
    // Between the moments of the recorded calls, right behind the newer write.
    List<Call> stretched = calls.stream().map(LinearizabilityTest::stretched).toList();
    calls.clear();
    calls.addAll(stretched);
    call(
        3 * newer.end() + 1,
        3 * newer.end() + 2,
        new Get(put.key()),
        read(old.made(), put.value()));
  }

  private static Call stretched(Call call) {
    long end = call.isUnknown() ? Call.NEVER : 3 * call.end();
    return new Call(call.client(), call.request(), call.answer(), 3 * call.start(), end);
  }

  @Test
  void givesUpWithinItsBound() {
    for (int i = 0; i < 40; i++) {
      unknown(i, new Put(KEY, Request.ANY, "v" + i));
    }
    call(100, 101, new Get(KEY), read(1, "nobody wrote this"));
    assertThat(Linearizability.check(calls, 1_000)).isEqualTo(new Verdict.GaveUp(KEY, 1_000));
  }

  @Test
  void findsABadKeyThoughAnotherIsTooLarge() {
    for (int i = 0; i < 40; i++) {
      unknown(i, new Put("a", Request.ANY, "v" + i));
    }
    call(100, 101, new Get("a"), read(1, "nobody wrote this"));
    call(102, 103, new Get("b"), read(1, "nor this"));
    assertThat(Linearizability.check(calls, 1_000)).isInstanceOf(Verdict.Refuted.class);
  }

  private void call(long start, long end, Request request, Answer answer) {
    calls.add(new Call("client", request, answer, start, end));
  }

  private void unknown(long start, Request request) {
    calls.add(new Call("client", request, new Unknown("lost"), start, Call.NEVER));
  }

  private static Read read(long revision, String value) {
    return new Read(revision, value, Answer.UNTOLD);
  }

  private static Read absent() {
    return new Read(Request.ABSENT, "", Answer.UNTOLD);
  }

  private void assertAccepted() {
    assertThat(Linearizability.check(calls)).isEqualTo(new Verdict.Accepted());
  }

  private Verdict.Refuted refuted() {
    Verdict verdict = Linearizability.check(calls);
    assertThat(verdict).isInstanceOf(Verdict.Refuted.class);
    return (Verdict.Refuted) verdict;
  }
}

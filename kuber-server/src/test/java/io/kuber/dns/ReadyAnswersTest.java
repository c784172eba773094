package io.kuber.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadyAnswersTest {
  private static final byte[] ANSWER = {0, 0, 1};

  private final ReadyAnswers answers = new ReadyAnswers();
  private final DnsZone zone = DnsZone.of("cluster.local", List.of(), List.of());

  private static byte[] query(int id, int name) {
    return new byte[] {(byte) (id >> 8), (byte) id, (byte) (name >> 8), (byte) name};
  }

  @Test
  void areGivenWithTheIdentifierOfTheQuestion() {
    assertThat(answers.find(zone, query(0x0102, 7))).isEmpty();
    answers.keep(zone, query(0x0102, 7), ANSWER);
    assertThat(answers.find(zone, query(0x0304, 7)))
        .hasValueSatisfying(answer -> assertThat(answer).containsExactly(3, 4, 1));
    assertThat(answers.find(zone, query(0x0304, 8))).isEmpty();
    assertThat(ANSWER).containsExactly(0, 0, 1);
  }

  @Test
  void areForgottenWithTheirZone() {
    DnsZone next = zone.inNamespaces(List.of("default"));
    answers.find(zone, query(1, 7));
    answers.keep(zone, query(1, 7), ANSWER);
    assertThat(answers.find(next, query(1, 7))).isEmpty();
    answers.keep(zone, query(1, 7), ANSWER);
    assertThat(answers.find(next, query(1, 7))).as("of the zone before").isEmpty();
  }

  @Test
  void areNoMoreThanSoMany() {
    answers.find(zone, query(1, 0));
    for (int name = 0; name <= ReadyAnswers.MOST_ANSWERS; name++) {
      answers.keep(zone, query(1, name), ANSWER);
    }
    assertThat(answers.find(zone, query(1, 0))).isEmpty();
    assertThat(answers.find(zone, query(1, ReadyAnswers.MOST_ANSWERS))).isPresent();
    answers.keep(zone, new byte[400], ANSWER);
    assertThat(answers.find(zone, new byte[400])).as("too long").isEmpty();
  }
}

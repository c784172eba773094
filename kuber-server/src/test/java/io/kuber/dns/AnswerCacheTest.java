package io.kuber.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnswerCacheTest {
  private static final String NAME = "www.example.com";
  private static final byte[] QUERY = DnsWriter.query(7, NAME, DnsType.A);

  private long nanos;
  private final AnswerCache cache = new AnswerCache(() -> nanos);

  private static DnsQuestion question(byte[] query) {
    return DnsQuestion.parse(query);
  }

  private static byte[] answer(byte[] query, DnsAnswer answer) {
    return DnsWriter.answer(question(query), answer, 512);
  }

  private static DnsAnswer address() {
    return DnsAnswer.of(List.of(new DnsRecord.Address(NAME, new byte[] {1, 2, 3, 4})));
  }

  private void keep(byte[] query, byte[] answer) {
    cache.keep(question(query), query, false, answer);
  }

  private Optional<byte[]> find(byte[] query) {
    return cache.find(question(query), query, false);
  }

  private void pass(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void answersAsIfItHadJustComeWithLessTimeLeft() {
    keep(QUERY, answer(QUERY, address()));
    pass(10);
    byte[] other = DnsWriter.query(9, "WWW.example.COM", DnsType.A);
    byte[] again = find(other).orElseThrow();
    assertThat(again[1]).isEqualTo((byte) 9);
    assertThat(Arrays.copyOfRange(again, 12, other.length))
        .isEqualTo(Arrays.copyOfRange(other, 12, other.length));
    int time = again.length - 4 - 2 - 4;
    assertThat(ByteBuffer.wrap(again).getInt(time)).isEqualTo(20);
  }

  @Test
  void forgetsWhatHoldsNoLonger() {
    keep(QUERY, answer(QUERY, address()));
    pass(29);
    assertThat(find(QUERY)).isPresent();
    pass(1);
    assertThat(find(QUERY)).isEmpty();
  }

  @Test
  void remembersNoForAsLongAsItsDomainSays() {
    keep(QUERY, answer(QUERY, DnsAnswer.negative(DnsAnswer.Code.NO_SUCH_NAME, "example.com")));
    pass(4);
    assertThat(find(QUERY)).isPresent();
    pass(1);
    assertThat(find(QUERY)).isEmpty();
  }

  @Test
  void remembersNeitherFailuresNorNoWithoutTimeNorAnswersThatAreCutShort() {
    keep(QUERY, answer(QUERY, DnsAnswer.empty(DnsAnswer.Code.SERVER_FAILURE)));
    keep(QUERY, answer(QUERY, DnsAnswer.empty(DnsAnswer.Code.NO_SUCH_NAME)));
    byte[] whole = answer(QUERY, address());
    for (int length = 0; length < whole.length; length++) {
      keep(QUERY, ByteBuffer.allocate(length).put(whole, 0, length).array());
    }
    byte[] cut = whole.clone();
    cut[2] |= (byte) (DnsWriter.FLAG_TRUNCATED >> 8);
    keep(QUERY, cut);
    assertThat(find(QUERY)).isEmpty();
  }

  @Test
  void remembersNoAnswerToAnotherQuestion() {
    byte[] other = DnsWriter.query(7, "ftp.example.com", DnsType.A);
    keep(QUERY, answer(other, address()));
    assertThat(find(QUERY)).isEmpty();
    keep(QUERY, answer(QUERY, address()));
    assertThat(find(other)).isEmpty();
    assertThat(find(DnsWriter.query(7, NAME, DnsType.AAAA))).isEmpty();
    assertThat(cache.find(question(QUERY), QUERY, true)).as("over TCP").isEmpty();
  }

  @Test
  void forgetsTheOneThatWasAskedForTheLongestAgo() {
    for (int i = 0; i <= AnswerCache.MOST_ANSWERS; i++) {
      byte[] query = DnsWriter.query(1, "n" + i + ".example.com", DnsType.A);
      keep(query, answer(query, address()));
      assertThat(find(DnsWriter.query(1, "n0.example.com", DnsType.A))).isPresent();
    }
    assertThat(find(DnsWriter.query(1, "n1.example.com", DnsType.A))).isEmpty();
    assertThat(find(DnsWriter.query(1, "n2.example.com", DnsType.A))).isPresent();
  }
}

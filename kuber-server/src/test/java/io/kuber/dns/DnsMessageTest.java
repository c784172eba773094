package io.kuber.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DnsMessageTest {
  private static final String NAME = "db.default.svc.cluster.local";
  private static final byte[] QUERY = DnsWriter.query(0x1234, NAME, DnsType.A);

  private static DnsAnswer addresses(int count) {
    List<DnsRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(new DnsRecord.Address(NAME, new byte[] {10, 0, (byte) (i >> 8), (byte) i}));
    }
    return DnsAnswer.of(records);
  }

  private static byte[] withEdns(byte[] query, int size) {
    ByteBuffer extended = ByteBuffer.allocate(query.length + 11).put(query).putShort(10, (short) 1);
    byte root = 0;
    extended.put(root).putShort((short) DnsType.OPT).putShort((short) size).putInt(0);
    return extended.putShort((short) 0).array();
  }

  @Test
  void readsQuestion() {
    DnsQuestion question = DnsQuestion.parse(QUERY);
    assertThat(question.id()).isEqualTo(0x1234);
    assertThat(question.name()).isEqualTo(NAME);
    assertThat(question.type()).isEqualTo(DnsType.A);
    assertThat(question.mostBytes()).isEqualTo(512);
    assertThat(question.extended()).isFalse();
  }

  @Test
  void takesOfferOfLongerAnswersUpToWhatPassesEverywhere() {
    assertThat(DnsQuestion.parse(withEdns(QUERY, 900)).mostBytes()).isEqualTo(900);
    assertThat(DnsQuestion.parse(withEdns(QUERY, 9000)).mostBytes()).isEqualTo(1232);
    assertThat(DnsQuestion.parse(withEdns(QUERY, 100)).mostBytes()).isEqualTo(512);
  }

  @Test
  void speaksOnlyTheFirstVersionOfEdnsAndOnce() {
    byte[] later = withEdns(QUERY, 900);
    later[later.length - 5] = 1;
    DnsQuestion question = DnsQuestion.parse(later);
    assertThat(question.version()).isEqualTo(1);
    byte[] message = DnsWriter.answer(question, DnsAnswer.empty(DnsAnswer.Code.BAD_VERSION), 512);
    assertThat(message[3] & 0xf).isZero();
    assertThat(message[message.length - 6]).as("the code's upper bits").isEqualTo((byte) 1);

    byte[] once = withEdns(QUERY, 900);
    byte[] twice =
        ByteBuffer.allocate(once.length + 11).put(once).put(once, QUERY.length, 11).array();
    twice[11] = 2;
    assertThatThrownBy(() -> DnsQuestion.parse(twice)).hasMessageContaining("EDNS once");
  }

  @Test
  void refusesEveryQueryThatIsCutShort() {
    byte[] whole = withEdns(QUERY, 900);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> DnsQuestion.parse(cut)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void writesNamesOnce() {
    byte[] message = DnsWriter.answer(DnsQuestion.parse(QUERY), addresses(3), 512);
    int pointerTypeClassTtlLengthAddress = 2 + 2 + 2 + 4 + 2 + 4;
    assertThat(message).hasSize(QUERY.length + 3 * pointerTypeClassTtlLengthAddress);
    assertThat(ForeignAnswer.records(message))
        .extracting(DnsRecord::owner)
        .containsExactly(NAME, NAME, NAME);
  }

  @Test
  void repeatsCaseOfTheQuestion() {
    byte[] query = DnsWriter.query(1, "Web.Default.svc.CLUSTER.local", DnsType.A);
    DnsQuestion question = DnsQuestion.parse(query);
    byte[] message = DnsWriter.answer(question, DnsAnswer.of(List.of()), 512);
    assertThat(Arrays.copyOfRange(message, 12, message.length))
        .isEqualTo(Arrays.copyOfRange(query, 12, query.length));
  }

  @Test
  void leavesOutWhatDoesNotFitAndSaysSo() {
    byte[] message = DnsWriter.answer(DnsQuestion.parse(QUERY), addresses(100), 512);
    assertThat(message).hasSizeLessThanOrEqualTo(512);
    assertThat(message[2] & 0x02).as("truncated").isNotZero();
    assertThat(ForeignAnswer.records(message)).hasSize(29);
    byte[] overTcp =
        DnsWriter.answer(DnsQuestion.parse(QUERY), addresses(100), DnsWriter.LONGEST_MESSAGE);
    assertThat(overTcp[2] & 0x02).isZero();
    assertThat(ForeignAnswer.records(overTcp)).hasSize(100);
  }

  @Test
  void readsAliasesOfOtherResolvers() {
    DnsAnswer answer =
        DnsAnswer.of(
            List.of(
                new DnsRecord.Alias(NAME, "www.example.com"),
                new DnsRecord.Address("www.example.com", new byte[] {1, 2, 3, 4})));
    byte[] message = DnsWriter.answer(DnsQuestion.parse(QUERY), answer, 512);
    List<DnsRecord> records = ForeignAnswer.records(message);
    assertThat(records.get(0)).isEqualTo(new DnsRecord.Alias(NAME, "www.example.com"));
    assertThat(records.get(1).owner()).isEqualTo("www.example.com");
  }

  @Test
  void readsWhatItCanOfBrokenAnswer() {
    byte[] message = DnsWriter.answer(DnsQuestion.parse(QUERY), addresses(3), 512);
    for (int length = 0; length < message.length; length++) {
      assertThat(ForeignAnswer.records(Arrays.copyOf(message, length))).hasSizeLessThan(3);
    }
    byte[] loop = DnsWriter.query(1, "", DnsType.A);
    loop[12] = (byte) 0xc0;
    loop[13] = 12;
    loop[7] = 1;
    assertThat(ForeignAnswer.records(loop)).as("a name that points at itself").isEmpty();
  }

  @Test
  void readsResolversOfTheMachine() {
    List<String> file =
        List.of("# written by somebody", "search lan", "nameserver 192.0.2.1", " nameserver ::1");
    assertThat(ResolvConf.parse(file))
        .extracting(a -> a.getHostString())
        .containsExactly("192.0.2.1", "0:0:0:0:0:0:0:1");
  }
}

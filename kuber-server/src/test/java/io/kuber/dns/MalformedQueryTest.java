package io.kuber.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that nobody ought to send: good ones with bytes changed, left out, added and mixed. */
final class MalformedQueryTest {
  private static final int PACKETS = 20_000;
  private static final int LONGEST = 6000;
  private static final List<String> NAMES =
      List.of(
          "web.default.svc.cluster.local",
          "_peer._tcp.db.default.svc.cluster.local",
          "inner.default.svc.cluster.local",
          "5.0.244.10.in-addr.arpa",
          "www.example.com",
          "");

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final DnsResponder responder =
      new DnsResponder(
          Zones.sample(),
          new Forwarder(
              new DnsServerConfig(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  List.of(),
                  Duration.ofSeconds(1)),
              channel.eventLoop()));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void getOneWellFormedAnswerOrNone(long seed) {
    Random random = new Random(seed);
    int answered = 0;
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = packet(random);
      List<byte[]> answers = new ArrayList<>();
      boolean overTcp = random.nextInt(8) == 0;
      assertThatCode(() -> responder.respond(packet, overTcp, answers::add))
          .as("seed %s, packet %s: %s", seed, i, Arrays.toString(packet))
          .doesNotThrowAnyException();
      assertThat(answers).hasSizeLessThan(2);
      answers.forEach(answer -> check(packet, answer, overTcp));
      answered += answers.size();
    }
    assertThat(answered).isBetween(PACKETS / 4, PACKETS);
    channel.finish();
  }

  private static void check(byte[] packet, byte[] answer, boolean overTcp) {
    assertThat(answer).startsWith(packet[0], packet[1]).hasSizeGreaterThanOrEqualTo(12);
    assertThat(answer[2] & 0x80).as("an answer").isNotZero();
    assertThat(answer).hasSizeLessThanOrEqualTo(overTcp ? DnsWriter.LONGEST_MESSAGE : 1232);
    int announced = (answer[6] & 0xff) << 8 | answer[7] & 0xff;
    assertThat(announced).isGreaterThanOrEqualTo(ForeignAnswer.records(answer).size());
  }

  private static byte[] packet(Random random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    byte[] packet = DnsWriter.query(random.nextInt(1 << 16), name, random.nextInt(40));
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      packet = changed(packet, random);
    }
    return packet;
  }

  private static byte[] changed(byte[] packet, Random random) {
    if (packet.length == 0) {
      return new byte[random.nextInt(LONGEST)];
    }
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(packet, random.nextInt(packet.length));
      case 1 -> Arrays.copyOf(packet, packet.length + random.nextInt(LONGEST));
      case 2 -> withByte(packet, random.nextInt(Math.min(12, packet.length)), random);
      case 3 -> withByte(packet, random.nextInt(packet.length), random);
      default -> {
        byte[] noise = new byte[random.nextInt(64)];
        random.nextBytes(noise);
        byte[] mixed = Arrays.copyOf(packet, packet.length + noise.length);
        System.arraycopy(noise, 0, mixed, packet.length, noise.length);
        yield mixed;
      }
    };
  }

  private static byte[] withByte(byte[] packet, int at, Random random) {
    byte[] copy = packet.clone();
    copy[at] = (byte) random.nextInt(256);
    return copy;
  }
}

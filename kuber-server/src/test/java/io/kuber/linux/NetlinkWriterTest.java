package io.kuber.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NetlinkWriterTest {
  private static final byte[] HEADER = {7, 0, 0, 0};

  private static List<NetlinkMessage> parse(NetlinkWriter writer) {
    byte[] bytes = writer.numbered(41);
    return NetlinkMessage.parse(bytes, bytes.length);
  }

  private static byte[] value(Map<Integer, byte[]> attributes, int type) {
    return attributes.getOrDefault(type, new byte[0]);
  }

  @Test
  void readsBackWhatItWrites() {
    NetlinkWriter writer =
        new NetlinkWriter()
            .message(16, NetlinkWriter.FLAG_ACK, HEADER, m -> m.string(3, "eth0").u32(4, 1500))
            .message(17, 0, HEADER, m -> m.nest(9, inner -> inner.u8(1, 5).big32(2, 0x01020304)));

    List<NetlinkMessage> messages = parse(writer);

    assertThat(messages).extracting(NetlinkMessage::sequence).containsExactly(41, 42);
    assertThat(messages.get(0).type()).isEqualTo(16);
    assertThat(messages.get(0).flags()).isEqualTo(5);
    Map<Integer, byte[]> link = messages.get(0).attributes(HEADER.length);
    assertThat(NetlinkMessage.text(value(link, 3))).isEqualTo("eth0");
    assertThat(NetlinkMessage.number(value(link, 4))).isEqualTo(1500);
    byte[] nest = value(messages.get(1).attributes(HEADER.length), 9);
    Map<Integer, byte[]> inner = new NetlinkMessage(0, 0, 0, nest).attributes(0);
    assertThat(inner.get(1)).containsExactly(5);
    assertThat(inner.get(2)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void growsAndKeepsWhatIsThere() {
    byte[] large = new byte[60_000];
    large[59_999] = 1;
    NetlinkWriter writer = new NetlinkWriter();
    for (int i = 0; i < 5; i++) {
      writer.message(16, 0, HEADER, m -> m.attribute(1, large));
    }
    assertThat(parse(writer))
        .hasSize(5)
        .allSatisfy(m -> assertThat(m.attributes(HEADER.length).get(1)).isEqualTo(large));
  }

  @Test
  void refusesAttributeThatIsTooLong() {
    assertThatThrownBy(() -> new NetlinkWriter().attribute(3, new byte[65_532]))
        .hasMessageContaining("the limit is 65535");
  }

  @Test
  void knowsWhichMessageIsAnsweredLast() {
    NetlinkWriter writer = new NetlinkWriter().message(1, 0, HEADER, m -> {});
    assertThat(writer.lastAnswered()).isEqualTo(-1);
    writer.message(2, 0, HEADER, m -> {}).askAnswer().message(3, 0, HEADER, m -> {});
    assertThat(writer.lastAnswered()).isEqualTo(1);
    assertThat(parse(writer)).extracting(NetlinkMessage::flags).containsExactly(1, 5, 1);
  }

  @Test
  void readsErrorWithTheKernelsExplanation() {
    byte[] text = "Invalid prefix".getBytes(UTF_8);
    byte[] payload = new byte[4 + NetlinkWriter.HEADER_BYTES + 4 + text.length + 1];
    System.arraycopy(NetlinkWriter.nativeInt(-22), 0, payload, 0, 4);
    // A little-endian machine's attribute header: length, then type.
    payload[20] = (byte) (4 + text.length + 1);
    payload[22] = 1;
    System.arraycopy(text, 0, payload, 24, text.length);

    NetlinkMessage error = new NetlinkMessage(NetlinkMessage.TYPE_ERROR, 0x300, 1, payload);

    assertThat(error.errno()).isEqualTo(22);
    assertThat(error.errorText()).isEqualTo("Invalid prefix");
    assertThat(new NetlinkMessage(NetlinkMessage.TYPE_ERROR, 0, 1, payload).errorText()).isEmpty();
  }

  @Test
  void stopsAtMessageThatIsCutShort() {
    byte[] bytes = new NetlinkWriter().message(1, 0, HEADER, m -> {}).numbered(1);
    assertThat(NetlinkMessage.parse(bytes, bytes.length - 1)).isEmpty();
  }
}

package io.kuber.kuard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolverTest {
  private static final int HEADER = 12;

  @Test
  void asksInTheSearchDomainsUntilThereIsAnAnswer(@TempDir Path dir) throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Path file = dir.resolve("resolv.conf");
      String address = server.getLocalAddress().getHostAddress();
      Files.writeString(file, "search none.test svc.test\nnameserver " + address + "\n");
      Thread thread = new Thread(() -> serve(server));
      thread.start();
      String told = new Resolver(file, server.getLocalPort()).ask("a", "web");
      thread.join();
      assertThat(told).contains("status: NOERROR").contains(";web.svc.test.\tIN\tA\n");
      assertThat(told).contains("web.svc.test.\t30\tIN\tA\t10.1.2.3\n");
    }
  }

  @Test
  void refusesUnknownTypesAndImpossibleNames() {
    assertThatThrownBy(() -> DnsType.of("B")).hasMessage("unknown DNS type: B");
    assertThatThrownBy(() -> DnsMessage.question(1, "a..b", DnsType.A))
        .hasMessageContaining("not a DNS name");
  }

  @Test
  void endsOnNamesThatPointInCircles() {
    byte[] bytes = Arrays.copyOf(new byte[] {0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte) 0xc0}, 18);
    bytes[13] = HEADER;
    assertThat(DnsMessage.read(bytes, bytes.length).told()).contains("malformed");
  }

  /** Two questions: the first has no answer, the second one address. */
  private static void serve(DatagramSocket server) {
    try {
      for (int answers = 0; answers < 2; answers++) {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        server.receive(packet);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
        question[2] = (byte) 0x81;
        question[7] = (byte) answers;
        out.writeBytes(question);
        if (answers == 1) {
          out.writeBytes(
              new byte[] {(byte) 0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 30, 0, 4, 10, 1, 2, 3});
        }
        server.send(new DatagramPacket(out.toByteArray(), out.size(), packet.getSocketAddress()));
      }
    } catch (IOException e) {
      // The asker then times out and the test fails with its message.
    }
  }
}

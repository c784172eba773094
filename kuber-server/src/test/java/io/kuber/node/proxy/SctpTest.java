package io.kuber.node.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.node.network.Protocol;
import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * SCTP through a Service. The kernel rewrites its packets where it can follow them, whether or not
 * it has sockets of SCTP; so the first packet of an association goes out and comes in by raw
 * sockets of Perl.
 */
@EnabledOnOs(OS.LINUX)
final class SctpTest {
  private static final Path PERL = Path.of("/usr/bin/perl");
  private static final Path FOLLOWS =
      Path.of("/proc/sys/net/netfilter/nf_conntrack_sctp_timeout_closed");
  private static final int PORT = 3868;
  private static final int NODE_PORT = 30_868;
  private static final int CLIENT_PORT = 40_000;
  private static final int IP_HEADER_BYTES = 20;
  private static final int CHECKSUM_AT = 8;

  /** Says that it is there, then what comes. */
  private static final String RECEIVE =
      "use Socket; $| = 1; alarm 30; socket(S, AF_INET, SOCK_RAW, 132) or die $!; print \"ready\\n"
          + "\"; defined(recv(S, $p, 1500, 0)) or die $!; print unpack('H*', $p), \"\\n"
          + "\";";

  private static final String SEND =
      "use Socket; socket(S, AF_INET, SOCK_RAW, 132) or die $!;"
          + " send(S, pack('H*', $ARGV[1]), 0, sockaddr_in(0, inet_aton($ARGV[0]))) or die $!;";

  private ProxyBench bench;

  @BeforeEach
  void start() {
    assumeTrue(Files.isExecutable(PERL), "needs " + PERL);
    bench = new ProxyBench();
    assumeTrue(bench.node.call(() -> Files.exists(FOLLOWS)), "the kernel does not follow SCTP");
  }

  @AfterEach
  void stop() {
    if (bench != null) {
      bench.close();
    }
  }

  @Test
  void leadsAssociationsOfPodsAndOfTheWorldToABackend() throws Exception {
    bench.serve(
        ServicePort.of("default", "diameter", "", Protocol.SCTP, "10.96.0.42", PORT, NODE_PORT),
        bench.first);
    assertArrives("10.96.0.42", PORT, true);
    assertArrives(ProxyBench.NODE_ADDRESS, NODE_PORT, false);
  }

  private void assertArrives(String address, int port, boolean fromPod) throws Exception {
    byte[] sent = init(port);
    Process receiver = bench.one.call(new ProcessBuilder(PERL.toString(), "-e", RECEIVE)::start);
    try (BufferedReader said = receiver.inputReader(UTF_8)) {
      assertThat(said.readLine()).isEqualTo("ready");
      Process sender =
          (fromPod ? bench.client : bench.world)
              .call(
                  new ProcessBuilder(
                          PERL.toString(), "-e", SEND, address, HexFormat.of().formatHex(sent))
                      ::start);
      assertThat(sender.waitFor()).isZero();
      byte[] packet = HexFormat.of().parseHex(String.valueOf(said.readLine()));
      ByteBuffer arrived = ByteBuffer.wrap(packet, IP_HEADER_BYTES, sent.length).slice();
      assertThat(arrived.getShort(2)).as("its port").isEqualTo((short) ProxyBench.TARGET);
      assertThat(arrived.getInt(16)).as("its tag").isEqualTo(ByteBuffer.wrap(sent).getInt(16));
      byte[] message = new byte[sent.length];
      arrived.get(0, message);
      assertThat(message).as("with the checksum of what it became").isEqualTo(checked(message));
    } finally {
      receiver.destroyForcibly().waitFor();
    }
  }

  /** The first packet of an association: header, checksum, chunk INIT (RFC 9260). */
  private static byte[] init(int port) {
    ByteBuffer packet =
        ByteBuffer.allocate(32)
            .putShort((short) CLIENT_PORT)
            .putShort((short) port)
            .putInt(0)
            .putInt(0);
    packet.put((byte) 1).put((byte) 0).putShort((short) 20);
    packet.putInt(port).putInt(65_536).putShort((short) 1).putShort((short) 1).putInt(7);
    return checked(packet.array());
  }

  /** The packet with the checksum that it ought to have. */
  private static byte[] checked(byte[] packet) {
    ByteBuffer whole = ByteBuffer.wrap(packet.clone()).order(ByteOrder.LITTLE_ENDIAN);
    whole.putInt(CHECKSUM_AT, 0);
    CRC32C sum = new CRC32C();
    sum.update(whole.array());
    return whole.putInt(CHECKSUM_AT, (int) sum.getValue()).array();
  }
}

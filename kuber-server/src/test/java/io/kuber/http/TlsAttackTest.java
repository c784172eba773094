package io.kuber.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.server.metric.Descriptors;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that want less of TLS than there is, or only hold connections. */
@Timeout(180)
final class TlsAttackTest {
  private static final Certificates AUTHORITY = new Certificates("cluster");

  /** As many connections as are tried, unless this process may not have so many descriptors. */
  private static final int IDLE = (int) Math.min(10_000, Descriptors.most() / 2);

  private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII);

  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = start(HttpLimits.CONNECTIONS);
  }

  private static HttpServer start(int connections) throws Exception {
    return HttpServer.start(
        HttpServerConfig.https(new InetSocketAddress(0), AUTHORITY.server())
            .withConnections(connections),
        exchange -> exchange.respond(Response.text(200, "ok")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SSLSocket connect() throws Exception {
    SSLContext context = Certificates.anonymous(AUTHORITY);
    return (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void refusesToSpeakAnOldVersion(String version) throws Exception {
    try (SSLSocket socket = connect()) {
      socket.setEnabledProtocols(new String[] {version});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void refusesCiphersWithoutForwardSecrecy() throws Exception {
    try (SSLSocket socket = connect()) {
      String[] weak =
          Arrays.stream(socket.getSupportedCipherSuites())
              .filter(suite -> suite.startsWith("TLS_RSA_") || suite.contains("_CBC_"))
              .toArray(String[]::new);
      assertThat(weak).as("the client has some to offer").isNotEmpty();
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(weak);
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void speaksTheNewestVersionWithWhomeverCan() throws Exception {
    try (SSLSocket socket = connect()) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void closesConnectionsWhoseClientsWantAnotherHandshake() throws Exception {
    try (SSLSocket socket = connect()) {
      socket.setSoTimeout(60_000);
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThat(answered(socket)).as("before").isEqualTo("HTTP/1.1 200");
      assertThat(answerAfterAnother(socket)).doesNotContain("HTTP/1.1");
    }
  }

  /** All that comes until the server closes. */
  private static String answerAfterAnother(SSLSocket socket) throws Exception {
    StringBuilder answer = new StringBuilder();
    try {
      socket.startHandshake();
      socket.getOutputStream().write(REQUEST);
      for (int next = socket.getInputStream().read();
          next >= 0;
          next = socket.getInputStream().read()) {
        answer.append((char) next);
      }
    } catch (SSLException | SocketException closed) {
      return answer.toString();
    }
    return answer.toString();
  }

  /** Sent in pieces, each of which ends within a header or a record. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void findsTheSecondHandshakeHoweverItComes(int piece) {
    EmbeddedChannel channel = new EmbeddedChannel(new SingleHandshake());
    byte[] first = HexFormat.of().parseHex("1603010002aabb" + "140303000101" + "1603030002ccdd");
    byte[] second = HexFormat.of().parseHex("1703030002eeff" + "1603030001aa");
    write(channel, first, piece);
    assertThat(channel.isOpen()).isTrue();
    write(channel, second, piece);
    assertThat(channel.isOpen()).isFalse();
    channel.releaseInbound();
  }

  private static void write(EmbeddedChannel channel, byte[] bytes, int piece) {
    for (int i = 0; i < bytes.length && channel.isOpen(); i += piece) {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes, i, Math.min(piece, bytes.length - i)));
    }
  }

  private static String answered(SSLSocket socket) throws IOException {
    socket.getOutputStream().write(REQUEST);
    return new String(socket.getInputStream().readNBytes(12), US_ASCII);
  }

  /** From another address than those that hold connections; what the server answers. */
  private static String answer(HttpServer asked, String from) throws Exception {
    SSLContext context = Certificates.anonymous(AUTHORITY);
    try (Socket plain = new Socket("127.0.0.1", asked.port(), InetAddress.getByName(from), 0);
        SSLSocket socket =
            (SSLSocket)
                context.getSocketFactory().createSocket(plain, "127.0.0.1", asked.port(), true)) {
      socket.startHandshake();
      return answered(socket);
    }
  }

  /** Half of them are one address' part, and all others are closed at once. */
  @Test
  void servesOthersWhileTenThousandConnectionsAreHeldWithoutAWord() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try (HttpServer held = start(IDLE)) {
      for (int i = 0; i < IDLE; i++) {
        idle.add(new Socket("127.0.0.1", held.port()));
      }
      assertThat(answer(held, "127.0.0.2")).isEqualTo("HTTP/1.1 200");
    } finally {
      for (Socket each : idle) {
        each.close();
      }
    }
  }

  @Test
  void closesAtOnceWhatIsMoreThanOneAddressMayHave() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try (HttpServer held = start(8)) {
      for (int i = 0; i < 4; i++) {
        idle.add(new Socket("127.0.0.1", held.port()));
      }
      assertThatThrownBy(() -> answer(held, "127.0.0.1")).isInstanceOf(IOException.class);
      assertThat(answer(held, "127.0.0.2")).isEqualTo("HTTP/1.1 200");
    } finally {
      for (Socket each : idle) {
        each.close();
      }
    }
  }
}

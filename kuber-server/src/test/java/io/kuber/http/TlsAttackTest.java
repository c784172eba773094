package io.kuber.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** The issue names 10,000; so many of both ends are more than the descriptors of a CI machine. */
  private static final int IDLE = 1000;

  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        HttpServer.start(
            HttpServerConfig.https(
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), AUTHORITY.server()),
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
  void servesOthersWhileAThousandConnectionsAreHeldWithoutAWord() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < IDLE; i++) {
        idle.add(new Socket("127.0.0.1", server.port()));
      }
      try (SSLSocket socket = connect()) {
        socket.startHandshake();
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
            .isEqualTo("HTTP/1.1 200");
      }
    } finally {
      for (Socket each : idle) {
        each.close();
      }
    }
  }
}

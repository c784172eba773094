package io.kuber.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests over HTTP/2 that their client takes back at once: CVE-2023-44487. */
@Timeout(120)
final class RapidResetTest {
  private static final Certificates AUTHORITY = new Certificates("cluster");
  private static final int PATIENCE_MILLIS = 60_000;

  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;

  private static final int END_OF_STREAM_AND_HEADERS = 5;
  private static final int CANCEL = 8;

  /** GET, https and / by their indices in the static table of HPACK, and an authority. */
  private static final byte[] REQUEST = {(byte) 0x82, (byte) 0x87, (byte) 0x84, 0x01, 0x01, 'a'};

  private HttpServer server;

  /** A reset counts while its stream is open: only those who ask for it get an answer. */
  @BeforeEach
  void start() throws Exception {
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress("127.0.0.1", 0), AUTHORITY.server()),
            exchange -> {
              if (exchange.request().path().equals("/answered")) {
                exchange.respond(Response.text(200, "ok"));
              }
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void cutsOffWhoResetsMoreThanTheLimit() throws Exception {
    try (Connection client = new Connection(server.port())) {
      client.openAndReset(HttpLimits.RESETS_PER_WINDOW + 1);
      client.ping();
      assertThat(client.framesUntil(PING)).as("frames until the end").doesNotContain(PING);
    }
    stillServes();
  }

  @Test
  void servesWhoChangesItsMindNowAndThen() throws Exception {
    try (Connection client = new Connection(server.port())) {
      client.openAndReset(HttpLimits.STREAMS_PER_CONNECTION);
      client.ping();
      assertThat(client.framesUntil(PING)).contains(PING).doesNotContain(GO_AWAY);
    }
  }

  private void stillServes() throws Exception {
    HttpClient other =
        HttpClient.newBuilder().sslContext(Certificates.anonymous(AUTHORITY)).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/answered"))
            .build();
    assertThat(other.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  /** The frames of HTTP/2 on a blocking socket, for one thread. */
  private static final class Connection implements AutoCloseable {
    private final SSLSocket socket;
    private final OutputStream out;

    Connection(int port) throws Exception {
      socket =
          (SSLSocket)
              Certificates.anonymous(AUTHORITY).getSocketFactory().createSocket("127.0.0.1", port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      out = socket.getOutputStream();
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.write(frame(SETTINGS, 0, 0, new byte[0]));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
      return ByteBuffer.allocate(9 + payload.length)
          .putInt((payload.length << 8) | type)
          .put((byte) flags)
          .putInt(stream)
          .put(payload)
          .array();
    }

    /** The server may hang up in the middle. */
    private void send(byte[] bytes) throws IOException {
      try {
        out.write(bytes);
      } catch (SocketException hungUp) {
        // What it said before is there to be read.
      }
    }

    void openAndReset(int times) throws IOException {
      byte[] cancel = ByteBuffer.allocate(4).putInt(CANCEL).array();
      for (int stream = 1; stream < 2 * times; stream += 2) {
        send(frame(HEADERS, END_OF_STREAM_AND_HEADERS, stream, REQUEST));
        send(frame(RESET, 0, stream, cancel));
      }
    }

    void ping() throws IOException {
      send(frame(PING, 0, 0, new byte[8]));
    }

    /** The types of all frames up to the first answer of a type, or to the end. */
    List<Integer> framesUntil(int wanted) throws IOException {
      List<Integer> types = new ArrayList<>();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      try {
        while (!types.contains(wanted)) {
          int head = in.readInt();
          in.skipNBytes(5 + (head >>> 8));
          int type = head & 0xff;
          types.add(type);
        }
      } catch (EOFException | SocketException end) {
        // As good as an end.
      }
      return types;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

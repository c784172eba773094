package io.kuber.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that mean no good: each gets a 4xx or is cut off, and leaves nothing behind. Isolated,
 * since what is left of the memory that Netty hands out is counted, whoever asked for it.
 */
@Isolated
@Timeout(120)
final class AbuseTest {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";

  private final AtomicInteger handled = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        HttpServer.start(
            HttpServerConfig.plain(0).withBodyLimit(1000).withRequestTimeout(Duration.ofSeconds(5)),
            exchange -> {
              handled.incrementAndGet();
              exchange.respond(Response.text(200, "ok " + exchange.request().body().length));
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** All that comes back until the server closes; a reset ends it as well. */
  private static String rest(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        answer.append((char) next);
      }
    } catch (SocketException reset) {
      // As good as an end.
    }
    return answer.toString();
  }

  private String talk(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      return rest(socket);
    }
  }

  private static void send(Socket socket, String request) throws IOException {
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException closedEarly) {
      // What came before is there to be read.
    }
  }

  private void stillServes() throws IOException {
    assertThat(talk("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).contains("200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 1e3\r\n\r\n",
        "Content-Length: +5\r\n\r\nabcde",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nabcdeXX0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\nabc",
        "Header without colon\r\n\r\n",
        "Bad\u0000Name: x\r\n\r\n",
      })
  void handlesNoRequestWhoseFramingIsWrong(String rest) throws IOException {
    String answer = talk(POST + rest);
    assertThat(answer)
        .satisfiesAnyOf(
            it -> assertThat(it).startsWith("HTTP/1.1 4"), it -> assertThat(it).isEmpty());
    assertThat(handled).as("requests that reached the handler").hasValue(0);
    stillServes();
  }

  @Test
  void handlesNoRequestWhoseBodyEndsBeforeItsLength() throws IOException {
    try (Socket socket = connect()) {
      send(socket, POST + "Content-Length: 10\r\n\r\nabc");
      socket.shutdownOutput();
      assertThat(rest(socket)).doesNotContain("200");
    }
    assertThat(handled).hasValue(0);
    stillServes();
  }

  @Test
  void refusesAnEndlessBodyInChunksAtItsLimit() throws IOException {
    StringBuilder body = new StringBuilder(POST + "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 101; i++) {
      body.append("a\r\n0123456789\r\n");
    }
    assertThat(talk(body + "0\r\n\r\n")).startsWith("HTTP/1.1 413");
    assertThat(handled).hasValue(0);
  }

  /** A chunk of one byte each costs a header each; the sum counts all the same. */
  @Test
  void takesABodyInTinyChunks() throws IOException {
    String body = "1;ext=aaaaaaaa\r\nx\r\n".repeat(1000) + "0\r\n\r\n";
    assertThat(talk(POST + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + body))
        .contains("ok 1000");
  }

  @Test
  void refusesHeadersWithoutEnd() throws IOException {
    String header = "X-Filler: " + "a".repeat(1000) + "\r\n";
    String answer = talk("GET / HTTP/1.1\r\nHost: a\r\n" + header.repeat(300) + "\r\n");
    assertThat(answer).startsWith("HTTP/1.1 431");
    assertThat(handled).hasValue(0);
    stillServes();
  }

  @Test
  void refusesARequestLineWithoutEnd() throws IOException {
    assertThat(talk("GET /" + "a".repeat(300_000) + " HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
    assertThat(handled).hasValue(0);
  }

  @Test
  void answersAThousandRequestsThatAreSentWithoutWaiting() throws Exception {
    int count = 1000;
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      Thread writer =
          new Thread(
              () -> {
                try {
                  for (int i = 1; i <= count; i++) {
                    String close = i == count ? "Connection: close\r\n" : "";
                    out.write(("GET /" + i + " HTTP/1.1\r\n" + close + "\r\n").getBytes(UTF_8));
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      writer.start();
      assertThat(rest(socket).split("HTTP/1.1 200 OK", -1)).hasSize(count + 1);
      writer.join();
    }
    assertThat(handled).hasValue(count);
  }

  /** Their headers never end; they hold a connection, and neither a thread nor a request. */
  @Test
  void servesOthersWhileHundredsOfClientsDawdle() throws IOException {
    List<Socket> dawdlers = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = connect();
        dawdlers.add(socket);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nX-Slow: ".getBytes(UTF_8));
      }
      stillServes();
      assertThat(handled).hasValue(1);
    } finally {
      for (Socket socket : dawdlers) {
        socket.close();
      }
    }
  }

  @Test
  void cutsOffARequestThatDoesNotArriveInTime() throws Exception {
    try (HttpServer impatient =
            HttpServer.start(
                HttpServerConfig.plain(0).withRequestTimeout(Duration.ofMillis(200)),
                exchange -> handled.incrementAndGet());
        Socket body = new Socket("127.0.0.1", impatient.port())) {
      body.getOutputStream().write((POST + "Content-Length: 5\r\n\r\nab").getBytes(UTF_8));
      assertThat(rest(body)).startsWith("HTTP/1.1 408");
    }
    assertThat(handled).hasValue(0);
  }

  /** Large bodies that nobody finishes give their memory back with their connections. */
  @Test
  void keepsNoMemoryOfConnectionsThatAreGone() throws Exception {
    for (int round = 0; round < 200; round++) {
      try (Socket socket = connect()) {
        socket
            .getOutputStream()
            .write((POST + "Content-Length: 900\r\n\r\n" + "x".repeat(800)).getBytes(UTF_8));
        socket.setSoLinger(true, 0);
      }
    }
    stillServes();
    server.close();
    assertThat(PooledByteBufAllocator.DEFAULT.metric().directArenas())
        .allSatisfy(arena -> assertThat(arena.numActiveAllocations()).isZero());
  }
}

package io.kuber.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixServerTest {
  @TempDir Path directory;

  private Path path() {
    return directory.resolve("s");
  }

  private UnixServer start(StreamHandler handler) throws IOException {
    return UnixServer.start(path(), ErrorShape.TEXT, handler);
  }

  private static void echo(StreamExchange exchange) throws IOException {
    exchange.respond(Response.of(200, "text/plain", exchange.body().readAllBytes()));
  }

  @Test
  void isForItsOwnerAloneAndLeavesNothingBehind() throws IOException {
    try (UnixServer server = start(UnixServerTest::echo)) {
      assertThat(server.path()).isEqualTo(path());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
          .isEqualTo("rw-------");
      assertThat(directory).isDirectoryContaining(file -> file.equals(path()));
      assertThat(directory.toFile().list()).hasSize(1);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void replacesTheSocketOfTheDeadAndRefusesThatOfTheLiving() throws IOException {
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(path()));
    dead.close();
    assertThat(path()).exists();
    try (UnixServer server = start(UnixServerTest::echo)) {
      assertThatThrownBy(() -> start(UnixServerTest::echo))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("somebody else listens");
      assertThat(UnixWire.call(server.path(), "POST", "/", "ho".getBytes(UTF_8)).body())
          .hasContent("ho");
    }
    Files.writeString(path(), "mine");
    assertThatThrownBy(() -> start(UnixServerTest::echo)).hasMessageContaining("no socket");
    assertThat(path()).hasContent("mine");
  }

  @Test
  void servesOneRequestAfterTheOtherOnAConnection() throws IOException {
    try (UnixServer server = start(UnixServerTest::echo);
        UnixWire wire = UnixWire.connect(server.path())) {
      wire.say("POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\none")
          .say("POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n");
      assertThat(wire.head()).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Length: 3\r\n");
      assertThat(wire.text(3)).isEqualTo("one");
      wire.head();
      assertThat(wire.text(3)).isEqualTo("two");
    }
  }

  @Test
  void getsABodyWhileItIsStillBeingSentAndAnswersMeanwhile() throws IOException {
    StreamHandler twice =
        exchange -> {
          try (OutputStream answer = exchange.stream(200, Headers.EMPTY)) {
            for (int next = exchange.body().read(); next >= 0; next = exchange.body().read()) {
              answer.write(new byte[] {(byte) next, (byte) next});
            }
          }
        };
    try (UnixServer server = start(twice);
        UnixWire wire = UnixWire.connect(server.path())) {
      wire.say("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\na");
      assertThat(wire.head()).startsWith("HTTP/1.1 100 Continue");
      assertThat(wire.head()).contains("Transfer-Encoding: chunked\r\nConnection: close\r\n");
      assertThat(wire.text(7)).isEqualTo("2\r\naa\r\n");
      wire.say("b");
      assertThat(wire.in()).hasContent("2\r\nbb\r\n0\r\n\r\n");
    }
  }

  @Test
  void goesOnInBothDirectionsAndSeesTheEndOfOne() throws IOException {
    StreamHandler reverse =
        exchange -> {
          Duplex duplex = exchange.hijack(Headers.of("Content-Type", "x"));
          duplex.out().write("hello ".getBytes(UTF_8));
          String said = new String(duplex.in().readAllBytes(), UTF_8);
          duplex.out().write(new StringBuilder(said).reverse().toString().getBytes(UTF_8));
        };
    try (UnixServer server = start(reverse);
        UnixWire upgrade = UnixWire.connect(server.path());
        UnixWire plain = UnixWire.connect(server.path())) {
      upgrade.say("POST / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nabc").endOutput();
      assertThat(upgrade.head())
          .startsWith("HTTP/1.1 101 Switching Protocols\r\nContent-Type: x\r\n")
          .contains("Upgrade: tcp");
      assertThat(upgrade.in()).hasContent("hello cba");
      plain.say("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}xyz").endOutput();
      assertThat(plain.head()).startsWith("HTTP/1.1 200 OK\r\nContent-Type: x\r\n");
      assertThat(plain.in()).hasContent("hello zyx");
    }
  }

  @Test
  void learnsThatAClientIsGone() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    StreamHandler patient =
        exchange -> {
          exchange.onGone(gone::countDown);
          OutputStream answer = exchange.stream(200, Headers.EMPTY);
          answer.write('x');
          try {
            assertThat(gone.await(1, TimeUnit.MINUTES)).isTrue();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        };
    try (UnixServer server = start(patient)) {
      try (UnixWire wire = UnixWire.connect(server.path())) {
        wire.say("GET / HTTP/1.1\r\n\r\n").head();
        assertThat(wire.text(6)).isEqualTo("1\r\nx\r\n");
      }
      assertThat(gone.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void answersAnAccidentAndCutsOffWhatHasBegun() throws IOException {
    StreamHandler careless =
        exchange -> {
          if (exchange.request().path().equals("/late")) {
            exchange.stream(200, Headers.EMPTY).write('x');
          }
          throw new IllegalStateException("oh");
        };
    try (UnixServer server = start(careless)) {
      assertThat(UnixWire.call(server.path(), "GET", "/", new byte[0]).status()).isEqualTo(500);
      InputStream cut = UnixWire.call(server.path(), "GET", "/late", new byte[0]).body();
      assertThat(cut.read()).isEqualTo('x');
      assertThatThrownBy(cut::read).isInstanceOf(IOException.class);
    }
  }
}

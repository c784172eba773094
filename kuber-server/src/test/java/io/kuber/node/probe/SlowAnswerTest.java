package io.kuber.node.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Tree;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that begins to answer, and then says a letter now and then for as long as it lives. */
final class SlowAnswerTest {
  private static final Duration LIMIT = Duration.ofMillis(300);

  /** Settings of HTTP/2 that have 8,192 bytes. */
  private static final byte[] FRAME = {0, 0x20, 0, 4, 0, 0, 0, 0, 0};

  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);

  private volatile byte[] beginning = HEAD;
  private ServerSocket server;
  private Thread thread;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    thread = new Thread(this::serve, "slow-server");
    thread.start();
  }

  private void serve() {
    try (Socket client = server.accept()) {
      OutputStream out = client.getOutputStream();
      out.write(beginning);
      while (!server.isClosed()) {
        out.write('x');
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    } catch (IOException gone) {
      // The probe has hung up, or the test is over.
    }
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    thread.join();
  }

  @ParameterizedTest
  @CsvSource({
    "httpGet, context deadline exceeded",
    "grpc, timeout: health rpc did not complete within 0s",
  })
  void takesNoLongerThanTheProbeMay(String action, String message) {
    beginning = action.equals("grpc") ? FRAME : HEAD;
    Tree asked =
        Tree.of(
            action,
            Tree.of("host", "127.0.0.1", "port", (long) server.getLocalPort(), "path", "/"));
    ProbeSpec spec = new ProbeSpec(Duration.ZERO, Duration.ZERO, LIMIT, 1, 1, asked);
    // Nothing of the container is asked for by these two.
    @SuppressWarnings("NullAway")
    Target target = new Target("127.0.0.1", Tree.EMPTY, null, null);
    ProbeResult result = Prober.ask(spec, target);
    assertThat(result.success()).isFalse();
    assertThat(result.message()).contains(message);
  }
}

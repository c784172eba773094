package io.kuber.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LocalServerTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final byte[] MEGABYTE = new byte[1 << 20];

  private volatile Handler handler = exchange -> {};
  private final LocalServer server =
      new LocalServer(exchange -> handler.handle(exchange), ErrorShape.TEXT);
  private final Client client = new Client();

  @AfterEach
  void close() {
    server.close();
  }

  /** Writes down what it hears. */
  private static final class Client implements AnswerListener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return String.valueOf(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    public void onHead(LocalCall call, int status, Headers headers) {
      heard.add("head " + status);
    }

    @Override
    public void onBytes(LocalCall call, byte[] bytes) {
      heard.add(bytes.length < 100 ? "bytes " + new String(bytes, UTF_8) : "many bytes");
    }

    @Override
    public void onText(LocalCall call, String text) {
      heard.add("text " + text);
    }

    @Override
    public void onEnd(LocalCall call) {
      heard.add("end");
    }

    @Override
    public void onClose(LocalCall call, int status, String reason) {
      heard.add("close " + status + " " + reason);
    }

    @Override
    public void onFailure(LocalCall call, IOException cause) {
      heard.add("failure " + cause.getMessage());
    }
  }

  private LocalCall send(Handler answering) {
    return send(Headers.EMPTY, new byte[0], answering);
  }

  private LocalCall send(Headers headers, byte[] body, Handler answering) {
    handler = answering;
    Peer self = Peer.plain(InetSocketAddress.createUnresolved("localhost", 0));
    return server.send(new Request("GET", "/path", headers, body, Protocol.HTTP_1_1, self), client);
  }

  private LocalCall openSocket(CompletableFuture<WebSocket> accepted, WebSocketListener listener) {
    return send(
        Headers.of("Connection", "Upgrade", "Upgrade", "websocket"),
        new byte[0],
        exchange -> accepted.complete(exchange.acceptWebSocket("", listener)));
  }

  @Test
  void handsOverTheBodyWhenItIsAskedFor() throws Exception {
    LocalCall call = send(exchange -> exchange.respond(Response.text(200, "hello")));
    assertThat(client.next()).isEqualTo("head 200");
    call.take();
    assertThat(client.next()).isEqualTo("bytes hello");
    assertThat(client.next()).isEqualTo("end");
  }

  @Test
  void answersWhatTheHandlerThrows() throws Exception {
    send(exchange -> {
          throw new IOException("the disk is gone");
        })
        .take();
    assertThat(client.next()).isEqualTo("head 500");
    assertThat(client.next()).isEqualTo("bytes internal server error\n");
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    send(Headers.EMPTY, new byte[HttpLimits.BODY_BYTES + 1], exchange -> {});
    assertThat(client.next()).isEqualTo("head 413");
  }

  @Test
  void holdsUpAWriterUntilTheClientTakes() throws Exception {
    CompletableFuture<ResponseStream> begun = new CompletableFuture<>();
    LocalCall call = send(exchange -> begun.complete(exchange.stream(200, Headers.EMPTY)));
    ResponseStream stream = begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    stream.write(MEGABYTE);
    assertThat(stream.isWritable()).isFalse();
    CompletableFuture<Boolean> writable = new CompletableFuture<>();
    stream.onWritable(() -> writable.complete(true));
    assertThat(writable).isNotDone();
    call.take();
    assertThat(writable.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    stream.end();
    assertThat(client.next()).isEqualTo("head 200");
    assertThat(client.next()).isEqualTo("many bytes");
    assertThat(client.next()).isEqualTo("end");
  }

  @Test
  void cutsOffAWriterThatNeverStops() throws Exception {
    CompletableFuture<ResponseStream> begun = new CompletableFuture<>();
    send(exchange -> begun.complete(exchange.stream(200, Headers.EMPTY)));
    ResponseStream stream = begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    for (long written = 0; written <= HttpLimits.UNSENT_BYTES + 1; written += MEGABYTE.length) {
      stream.write(MEGABYTE);
    }
    stream.write(MEGABYTE);
    assertThat(stream.isClosed()).isTrue();
    assertThat(stream.pendingBytes()).isZero();
  }

  @Test
  void tellsTheServerThatTheClientIsGone() throws Exception {
    CompletableFuture<ResponseStream> begun = new CompletableFuture<>();
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    LocalCall call =
        send(
            exchange -> {
              exchange.onClose(() -> gone.complete(true));
              begun.complete(exchange.stream(200, Headers.EMPTY));
            });
    call.cancel();
    assertThat(gone.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS).isClosed()).isTrue();
  }

  @Test
  void carriesMessagesOfAWebSocketBothWays() throws Exception {
    CompletableFuture<WebSocket> accepted = new CompletableFuture<>();
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    LocalCall call =
        openSocket(
            accepted,
            new WebSocketListener() {
              @Override
              public void onBinary(WebSocket socket, byte[] bytes) {
                socket.sendText("got " + new String(bytes, UTF_8));
              }

              @Override
              public void onClose(WebSocket socket) {
                closed.complete(true);
              }
            });
    assertThat(client.next()).isEqualTo("head 101");
    assertThat(call.send("ping".getBytes(UTF_8))).isTrue();
    call.take();
    assertThat(client.next()).isEqualTo("text got ping");
    assertThat(call.close(WebSocket.NORMAL, "bye")).isTrue();
    assertThat(client.next()).isEqualTo("close 1000 bye");
    assertThat(closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(call.send("late".getBytes(UTF_8))).isFalse();
  }

  @Test
  void holdsUpMessagesWhileTheServerDoesNotRead() throws Exception {
    CompletableFuture<WebSocket> accepted = new CompletableFuture<>();
    BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
    LocalCall call =
        openSocket(
            accepted,
            new WebSocketListener() {
              @Override
              public void onBinary(WebSocket socket, byte[] bytes) {
                received.add(bytes.length);
              }
            });
    WebSocket socket = accepted.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    socket.setReading(false);
    assertThat(call.send(MEGABYTE)).isTrue();
    assertThat(call.unsentBytes()).isEqualTo(MEGABYTE.length);
    assertThat(received).isEmpty();
    socket.setReading(true);
    assertThat(received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(MEGABYTE.length);
    assertThat(call.send(new byte[HttpLimits.WEB_SOCKET_FRAME_BYTES + 1])).isFalse();
  }

  @Test
  void cutsOffWhatIsUnderWayWhenItCloses() throws Exception {
    send(exchange -> exchange.stream(200, Headers.EMPTY));
    assertThat(client.next()).isEqualTo("head 200");
    server.close();
    assertThat(client.next()).isEqualTo("failure the server is closed");
    send(exchange -> exchange.respond(Response.empty(200)));
    assertThat(client.next()).isEqualTo("failure the server is closed");
  }
}

package io.kuber.server.reach;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.OutgoingCall;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.http.PacedOutput;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.ResponseStream;
import io.kuber.server.tunnel.Line;
import io.kuber.server.tunnel.RawLine;
import io.kuber.server.tunnel.SessionThreads;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;

/**
 * Passes one request on to the endpoint of a node, and its answer back. On a thread of its own, and
 * another one after an upgrade; when the client goes, the connection is cut.
 */
final class NodePassage {
  private static final Set<String> PROTOCOLS = Set.of("websocket", "spdy/3.1");

  /** What says who somebody is, or is this server's to say; the node believes this server. */
  private static final Set<String> OURS =
      Set.of("host", "authorization", "cookie", "expect", "sec-websocket-protocol");

  private static final String OFFERED = "Sec-WebSocket-Protocol";
  private static final String TOKEN = "base64url.bearer.authorization.k8s.io.";
  private static final int SWITCHING = 101;
  private static final int REFUSED = 400;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int MOST_WORDS = 4096;

  private final Exchange exchange;
  private final NodeAddress node;
  private final NodeDialer dialer;
  private final SessionThreads threads;
  private final Line line = new Line();

  NodePassage(Exchange exchange, NodeAddress node, NodeDialer dialer, SessionThreads threads) {
    this.exchange = exchange;
    this.node = node;
    this.dialer = dialer;
    this.threads = threads;
  }

  /** Returns at once. */
  void begin() {
    exchange.onClose(line::close);
    threads.run(
        () -> {
          try (line) {
            run();
          }
        });
  }

  private void run() {
    try {
      SSLSocket socket = dialer.dial(node, line);
      Answer answer = asked(socket);
      socket.setSoTimeout(0);
      pass(answer, socket);
    } catch (IOException e) {
      if (!line.isCut()) {
        exchange.fail(NodesElsewhere.unreachable(e));
      }
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
  }

  private Optional<String> protocol() {
    return exchange
        .request()
        .upgrade()
        .filter(name -> PROTOCOLS.contains(name.toLowerCase(Locale.ROOT)));
  }

  private Answer asked(SSLSocket socket) throws IOException {
    Request asked = exchange.request();
    InputStream in = new BufferedInputStream(socket.getInputStream());
    Optional<String> protocol = protocol();
    return protocol.isPresent()
        ? OutgoingCall.upgrade(
            in,
            socket.getOutputStream(),
            asked.method(),
            asked.target(),
            headers(asked),
            protocol.get())
        : OutgoingCall.send(
            in,
            socket.getOutputStream(),
            asked.method(),
            asked.target(),
            headers(asked),
            asked.body());
  }

  private Headers headers(Request asked) {
    List<String> pairs = new ArrayList<>(List.of("Host", node.name()));
    asked
        .headers()
        .forEach(
            (name, value) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (!OURS.contains(lower)
                  && !lower.startsWith("impersonate-")
                  && !lower.startsWith("x-remote-")) {
                pairs.add(name);
                pairs.add(value);
              }
            });
    String offered =
        String.join(
            ", ",
            asked.headers().elements(OFFERED).stream()
                .filter(protocol -> !protocol.startsWith(TOKEN))
                .toList());
    if (!offered.isEmpty()) {
      pairs.add(OFFERED);
      pairs.add(offered);
    }
    return Headers.of(pairs.toArray(new String[0]));
  }

  private void pass(Answer answer, SSLSocket socket) throws IOException {
    Optional<String> protocol = protocol();
    if (answer.status() == SWITCHING && protocol.isPresent()) {
      new RawLine(exchange, threads)
          .run(
              answer.headers().plus("Upgrade", protocol.get()),
              answer.body(),
              socket.getOutputStream());
    } else if (answer.status() >= REFUSED) {
      throw refusal(answer);
    } else if (exchange.request().method().equals("HEAD")
        || answer.status() == NO_CONTENT
        || answer.status() == NOT_MODIFIED) {
      exchange.respond(new Response(answer.status(), answer.headers(), new byte[0]));
    } else {
      stream(answer.body(), exchange.stream(answer.status(), answer.headers()));
    }
  }

  /** A node refuses in plain words, which clients of the API read in a Status. */
  private static ApiException refusal(Answer answer) throws IOException {
    String words = new String(answer.body().readNBytes(MOST_WORDS), StandardCharsets.UTF_8).strip();
    StatusReason reason =
        Arrays.stream(StatusReason.values())
            .filter(each -> each.code() == answer.status() && each != StatusReason.UNKNOWN)
            .findFirst()
            .orElse(StatusReason.INTERNAL_ERROR);
    return new ApiException(reason, words);
  }

  /** An answer that breaks off does so for the client too. */
  private static void stream(InputStream body, ResponseStream stream) {
    if (SessionThreads.copy(body, new PacedOutput(stream, stream::write, () -> {}))) {
      stream.end();
    } else {
      stream.abort();
    }
  }
}

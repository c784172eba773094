package io.kuber.server.aggregate;

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
import io.kuber.server.aggregate.Backends.Place;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.tunnel.Line;
import io.kuber.server.tunnel.RawLine;
import io.kuber.server.tunnel.SessionThreads;
import io.kuber.server.webhook.Reasons;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/**
 * Passes one request on to another server, and its answer back (kube-aggregator,
 * pkg/apiserver/handler_proxy.go). On a thread of its own, and another one after an upgrade.
 *
 * <p>When the client goes, or the time of its request is over, the connection is cut.
 */
final class Forwarding {
  private static final int SWITCHING = 101;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int BAD_GATEWAY = 502;

  private final ServerRequest request;
  private final Registration to;
  private final List<Place> places;
  private final Dialer dialer;
  private final SessionThreads threads;
  private final Line line = new Line();

  Forwarding(
      ServerRequest request,
      Registration to,
      List<Place> places,
      Dialer dialer,
      SessionThreads threads) {
    this.request = request;
    this.to = to;
    this.places = places;
    this.dialer = dialer;
    this.threads = threads;
  }

  /** Begins; {@code over} runs in the end, on whatever thread. */
  void begin(Runnable over) {
    Request asked = request.request();
    String target = ProxyPath.of(asked);
    Headers headers = ProxyHeaders.of(asked, request.user(), to.host());
    request.exchange().onClose(line::close);
    threads.run(
        () -> {
          try {
            run(target, headers);
          } finally {
            line.close();
            over.run();
          }
        });
  }

  private void run(String target, Headers headers) {
    try (SSLSocket socket = dialer.dial(to, places, line)) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Answer answer = asked(in, socket, target, headers);
      socket.setSoTimeout(0);
      pass(answer, socket);
    } catch (IOException | GeneralSecurityException unreachable) {
      fail(unreachable);
    } catch (RuntimeException e) {
      request.fail(e);
    }
  }

  private void fail(Exception unreachable) {
    if (!line.isCut()) {
      request.fail(
          new ApiException(
              StatusReason.SERVICE_UNAVAILABLE,
              "error trying to reach service: " + Reasons.of(unreachable)));
    }
  }

  private Answer asked(InputStream in, SSLSocket socket, String target, Headers headers)
      throws IOException {
    Request asked = request.request();
    Optional<String> protocol = Protocols.protocol(asked);
    return protocol.isPresent()
        ? OutgoingCall.upgrade(
            in, socket.getOutputStream(), asked.method(), target, headers, protocol.get())
        : OutgoingCall.send(
            in, socket.getOutputStream(), asked.method(), target, headers, asked.body());
  }

  private void pass(Answer answer, SSLSocket socket) throws IOException {
    Exchange exchange = request.exchange();
    boolean redirects = answer.status() / 100 == 3 && answer.headers().has("Location");
    if (redirects) {
      exchange.respond(
          Response.text(
              BAD_GATEWAY,
              "the backend attempted to redirect this request, which is not permitted\n"));
    } else if (answer.status() == SWITCHING && Protocols.protocol(request.request()).isPresent()) {
      String protocol = Protocols.protocol(request.request()).orElseThrow();
      new RawLine(exchange, threads)
          .run(answer.headers().plus("Upgrade", protocol), answer.body(), socket.getOutputStream());
    } else if (isEmpty(answer)) {
      exchange.respond(new Response(answer.status(), answer.headers(), new byte[0]));
    } else {
      stream(answer.body(), exchange.stream(answer.status(), answer.headers()));
    }
  }

  private boolean isEmpty(Answer answer) {
    return request.request().method().equals("HEAD")
        || answer.status() == NO_CONTENT
        || answer.status() == NOT_MODIFIED;
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

package io.kuber.server.tunnel;

import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.StatusReason;
import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.OutgoingCall;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.http.PacedOutput;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.ResponseStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Passes a request on to a port of a pod, and its answer back (k8s.io/apimachinery,
 * pkg/util/proxy). Credentials stay here: the pod learns what is asked, and not by what right.
 */
final class ProxyTunnel {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Exchange exchange;
  private final ProxyTarget target;
  private final NodeGateway gateway;
  private final SessionThreads threads;

  ProxyTunnel(Exchange exchange, ProxyTarget target, NodeGateway gateway, SessionThreads threads) {
    this.exchange = exchange;
    this.target = target;
    this.gateway = gateway;
    this.threads = threads;
  }

  void serve() {
    threads.run(this::run);
  }

  private void run() {
    try (PodConnection connection = gateway.portForward(target.pod(), target.port())) {
      exchange.onClose(() -> closeQuietly(connection));
      pass(asked(connection));
    } catch (IOException unreachable) {
      exchange.fail(
          new ApiException(
              StatusReason.SERVICE_UNAVAILABLE,
              "error trying to reach service: " + unreachable.getMessage(),
              Details.NONE));
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
  }

  private Answer asked(PodConnection connection) throws IOException {
    Request request = exchange.request();
    return OutgoingCall.send(
        connection.input(),
        connection.output(),
        request.method(),
        target.path(),
        headers(request),
        request.body());
  }

  private Headers headers(Request request) {
    List<String> pairs = new ArrayList<>(List.of("Host", target.host()));
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!isPrivate(name.toLowerCase(Locale.ROOT))) {
                pairs.add(name);
                pairs.add(value);
              }
            });
    pairs.addAll(
        List.of(
            "X-Forwarded-Uri", request.path(),
            "X-Forwarded-Host", request.headers().first("Host").orElse(""),
            "X-Forwarded-Proto", request.peer().isSecure() ? "https" : "http"));
    return Headers.of(pairs.toArray(new String[0]));
  }

  private static boolean isPrivate(String name) {
    return name.equals("host")
        || name.equals("authorization")
        || name.equals("expect")
        || name.startsWith("impersonate-")
        || name.startsWith("x-forwarded-");
  }

  private void pass(Answer answer) {
    Headers headers = relocated(answer.headers());
    boolean isEmpty =
        exchange.request().method().equals("HEAD")
            || answer.status() == NO_CONTENT
            || answer.status() == NOT_MODIFIED;
    if (isEmpty) {
      exchange.respond(new Response(answer.status(), headers, new byte[0]));
    } else {
      stream(answer.body(), exchange.stream(answer.status(), headers));
    }
  }

  /** An answer that breaks off does so for the client too. */
  private static void stream(InputStream body, ResponseStream stream) {
    if (SessionThreads.copy(body, new PacedOutput(stream, stream::write, () -> {}))) {
      stream.end();
    } else {
      stream.abort();
    }
  }

  /** A place at the same server is below the path by which the client came. */
  private Headers relocated(Headers headers) {
    String location = headers.first("Location").orElse("");
    String own = "http://" + target.host() + "/";
    if (location.startsWith(own)) {
      location = location.substring(own.length() - 1);
    }
    return location.startsWith("/") && !location.startsWith("//")
        ? headers.without("Location").plus("Location", target.prefix() + location)
        : headers;
  }

  private static void closeQuietly(PodConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // What cannot be closed is broken already, and whoever reads from it finds out.
    }
  }
}

package io.kuber.kuard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Between the JDK's server and the routes: reads the call, writes the reply, counts and logs. */
final class Front implements HttpHandler {
  /** Every URL is also served below these, for an Ingress that splits by path. */
  private static final List<String> PREFIXES = List.of("/a", "/b", "/c");

  private static final String NO_ROUTE = "none";

  private final Routes routes;
  private final Metrics metrics;
  private final AtomicInteger busy = new AtomicInteger();

  Front(Routes routes, Metrics metrics) {
    this.routes = routes;
    this.metrics = metrics;
  }

  /** Calls that are being answered now. */
  int busy() {
    return busy.get();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    busy.incrementAndGet();
    String route = NO_ROUTE;
    Reply reply = Reply.text(500, "internal error\n");
    Call call = call(exchange);
    try {
      Routes.Match match = routes.find(call.method(), call.path());
      route = match.pattern();
      reply = match.handler().answer(call.named(match.names()));
    } catch (Refusal e) {
      reply = Reply.text(e.status(), e.reason() + "\n");
    } catch (IOException | RuntimeException e) {
      Log.line(call.method() + " " + call.uri() + " failed: " + e);
    } finally {
      finish(exchange, call, route, reply, start);
      busy.decrementAndGet();
    }
  }

  private void finish(HttpExchange exchange, Call call, String route, Reply reply, long start) {
    try (exchange) {
      send(exchange, reply);
    } catch (IOException e) {
      Log.line(call.client() + " went away: " + e.getMessage());
    }
    long nanos = System.nanoTime() - start;
    metrics.count(known(call.method()), route, reply.status(), nanos);
    Log.line(
        call.client()
            + " "
            + call.method()
            + " "
            + call.uri()
            + " "
            + reply.status()
            + " "
            + nanos / 1_000_000
            + "ms");
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-cache, private, max-age=0");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    if (!reply.type().isEmpty()) {
      headers.set("Content-Type", reply.type());
    }
    reply.headers().forEach(headers::set);
    boolean hasBody = reply.length() != 0 && !exchange.getRequestMethod().equals("HEAD");
    // The JDK's server takes -1 as "no body" and 0 as "a body of unknown length, in chunks".
    exchange.sendResponseHeaders(reply.status(), hasBody ? Math.max(0, reply.length()) : -1);
    if (hasBody) {
      reply.body().writeTo(exchange.getResponseBody());
    }
  }

  private static Call call(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    String rest = path == null || path.isEmpty() ? "/" : path;
    String base = "";
    for (String prefix : PREFIXES) {
      if (rest.startsWith(prefix + "/") || rest.equals(prefix)) {
        base = prefix;
        rest = rest.equals(prefix) ? "/" : rest.substring(prefix.length());
        break;
      }
    }
    InetSocketAddress client = exchange.getRemoteAddress();
    return new Call(
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        base,
        rest,
        Map.of(),
        exchange.getRequestHeaders(),
        exchange.getProtocol(),
        address(client),
        exchange.getRequestBody());
  }

  /** Brackets an IPv6 address and leaves out its zeros where that is the loopback. */
  private static String address(InetSocketAddress client) {
    String host = client.getAddress().getHostAddress();
    if (host.indexOf(':') >= 0) {
      host = "[" + (client.getAddress().isLoopbackAddress() ? "::1" : host) + "]";
    }
    return host + ":" + client.getPort();
  }

  /** A caller may invent methods without end; only the usual ones become a series of their own. */
  private static String known(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "DELETE" -> method;
      default -> "OTHER";
    };
  }
}

package io.kuber.ingress;

import io.kuber.ingress.route.Destination;
import io.kuber.ingress.route.Dialect;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Heads of requests and answers as the other side gets them: pure. */
final class Heads {
  /** What speaks of one connection only (RFC 9110, section 7.6.1), and how the body is framed. */
  private static final Set<String> HOPS =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  /** How Netty marks what HTTP/2 has and HTTP/1.1 has not. */
  private static final String HTTP2_MARK = "x-http2-";

  /** What clients may not say of themselves, since backends believe it. */
  private static final Set<String> OURS =
      Set.of(
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-port",
          "x-forwarded-proto",
          "x-real-ip");

  private Heads() {}

  /** Who asks, and how he came. */
  record Client(String address, int port, boolean isSecure) {}

  /** The request as the pod gets it; the path is the client's, unless the rule rewrites it. */
  static HttpRequest forBackend(
      HttpRequest head, RequestCheck check, Destination destination, Client client, String id) {
    String target =
        destination
            .rewrite()
            .map(rewrite -> rewrite.apply(check.path()) + queryOf(check.target()))
            .orElse(check.target());
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, head.method(), target);
    HttpHeaders headers = request.headers();
    copy(head.headers(), headers, OURS);
    frame(head.headers(), headers);
    if (isUpgrade(head)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
      headers.set(HttpHeaderNames.UPGRADE, head.headers().get(HttpHeaderNames.UPGRADE));
    }
    if (destination.backend().dialect() == Dialect.H2C
        && head.headers().containsValue(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS, true)) {
      headers.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
    }
    headers.remove(HttpHeaderNames.EXPECT);
    String host = head.headers().get(HttpHeaderNames.HOST, check.host());
    headers.set(HttpHeaderNames.HOST, host);
    headers.set("X-Forwarded-For", client.address());
    headers.set("X-Real-IP", client.address());
    headers.set("X-Forwarded-Host", host);
    headers.set("X-Forwarded-Port", Integer.toString(client.port()));
    headers.set("X-Forwarded-Proto", client.isSecure() ? "https" : "http");
    if (!headers.contains("X-Request-ID")) {
      headers.set("X-Request-ID", id);
    }
    return request;
  }

  /**
   * Whether the client wants to go on with another protocol, such as WebSocket. Not with HTTP/2: in
   * a tunnel of that, requests would pass that no rule has seen.
   */
  static boolean isUpgrade(HttpRequest head) {
    String wanted = head.headers().get(HttpHeaderNames.UPGRADE, "").toLowerCase(Locale.ROOT);
    return !wanted.isEmpty()
        && !wanted.contains("h2c")
        && head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
  }

  /**
   * The answer as the client gets it.
   *
   * @param multiplexed whether the client speaks HTTP/2, which frames bodies by itself
   * @param keepsAlive whether the connection goes on behind the answer
   */
  static HttpResponse forClient(
      HttpResponse answer, HttpRequest asked, boolean multiplexed, boolean keepsAlive) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status());
    HttpHeaders headers = response.headers();
    copy(answer.headers(), headers, Set.of());
    frame(answer.headers(), headers);
    if (multiplexed) {
      headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
      return response;
    }
    if (answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
      headers.set(
          HttpHeaderNames.UPGRADE, answer.headers().get(HttpHeaderNames.UPGRADE, "websocket"));
      return response;
    }
    if (endsWithConnection(answer, asked) || !keepsAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (asked.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    if (hasUnknownLength(answer) && asked.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    return response;
  }

  /** Whether a client of HTTP/1.0 sees the end of the body only by the end of the connection. */
  static boolean endsWithConnection(HttpResponse answer, HttpRequest asked) {
    return hasUnknownLength(answer) && asked.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  private static boolean hasUnknownLength(HttpResponse answer) {
    int status = answer.status().code();
    return !HttpUtil.isContentLengthSet(answer) && status != 204 && status != 304;
  }

  /** Says where the body ends, also where a client calls the length a matter of its connection. */
  private static void frame(HttpHeaders from, HttpHeaders to) {
    if (from.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      to.remove(HttpHeaderNames.CONTENT_LENGTH);
      to.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    } else if (from.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      to.set(HttpHeaderNames.CONTENT_LENGTH, from.get(HttpHeaderNames.CONTENT_LENGTH));
    }
  }

  private static void copy(HttpHeaders from, HttpHeaders to, Set<String> further) {
    Set<String> left = new HashSet<>(HOPS);
    left.addAll(further);
    for (String named : from.getAll(HttpHeaderNames.CONNECTION)) {
      for (String name : named.split(",", -1)) {
        left.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!left.contains(name) && !name.startsWith(HTTP2_MARK)) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  private static String queryOf(String target) {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark);
  }
}

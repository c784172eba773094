package io.kuber.http;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An immutable request with its whole body. */
public final class Request {
  private static final byte[] NO_BODY = {};

  private final String method;
  private final String target;
  private final String path;
  private final List<String> segments;
  private final Query query;
  private final Headers headers;
  private final byte[] body;
  private final Protocol protocol;
  private final Peer peer;

  /**
   * A request as it came in.
   *
   * @param target path and query, still escaped
   * @param body shared, not copied: nobody may change it
   * @throws IllegalArgumentException when the target is not a path with proper escapes
   */
  public Request(
      String method, String target, Headers headers, byte[] body, Protocol protocol, Peer peer) {
    this.method = method;
    this.target = target;
    int mark = target.indexOf('?');
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.segments = segmentsOf(path);
    this.query = mark < 0 ? Query.EMPTY : Query.parse(target.substring(mark + 1));
    this.headers = headers;
    this.body = body;
    this.protocol = protocol;
    this.peer = peer;
  }

  /** A request without headers and body that did not come over the network. */
  public static Request of(String method, String target) {
    Peer self = Peer.plain(InetSocketAddress.createUnresolved("localhost", 0));
    return new Request(method, target, Headers.EMPTY, NO_BODY, Protocol.HTTP_1_1, self);
  }

  private static List<String> segmentsOf(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path does not start with a slash: " + path);
    }
    return Arrays.stream(path.split("/"))
        .filter(segment -> !segment.isEmpty())
        .map(segment -> Escapes.decode(segment, false))
        .toList();
  }

  /** The method, such as {@code GET}. */
  public String method() {
    return method;
  }

  /** Path and query, still escaped. */
  public String target() {
    return target;
  }

  /** The path, still escaped. */
  public String path() {
    return path;
  }

  /** The parts of the path between slashes, decoded, without empty ones. */
  public List<String> segments() {
    return segments;
  }

  /** The parameters behind the question mark. */
  public Query query() {
    return query;
  }

  /** The headers; HTTP/2's {@code :authority} is {@code Host}. */
  public Headers headers() {
    return headers;
  }

  /** The body, empty when there is none; shared, so nobody may change it. */
  public byte[] body() {
    return body;
  }

  /** The version of HTTP. */
  public Protocol protocol() {
    return protocol;
  }

  /** Who sent it. */
  public Peer peer() {
    return peer;
  }

  /** The protocol that the client wants to go on with, such as {@code websocket}. */
  public Optional<String> upgrade() {
    boolean asks =
        protocol == Protocol.HTTP_1_1
            && headers.elements("Connection").stream().anyMatch("upgrade"::equalsIgnoreCase);
    return asks ? headers.first("Upgrade") : Optional.empty();
  }

  /** Whether the client wants to go on with WebSocket. */
  public boolean wantsWebSocket() {
    return upgrade().filter("websocket"::equalsIgnoreCase).isPresent();
  }

  /** Whether the client wants to go on with SPDY/3.1. */
  public boolean wantsSpdy() {
    return upgrade().filter("SPDY/3.1"::equalsIgnoreCase).isPresent();
  }

  /** Method and target, for logs. */
  @Override
  public String toString() {
    return method + " " + target;
  }
}

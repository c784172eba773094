package io.kuber.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A request whose body is still coming in. Belongs to the event loop. */
final class RequestAssembly {
  private static final byte[] NOTHING = {};

  /** How Netty marks what HTTP/2 has and HTTP/1.1 has not; such headers are not the client's. */
  private static final String HTTP2_MARK = "x-http2-";

  private final HttpRequest head;
  private final int limit;
  private byte[] body = NOTHING;
  private int length;

  RequestAssembly(HttpRequest head, int limit) {
    this.head = head;
    this.limit = limit;
  }

  /** Whether the client says that its body is larger than the limit. */
  boolean announcesTooMuch() {
    return HttpUtil.getContentLength(head, 0L) > limit;
  }

  /** Whether the client waits for a word before it sends the body. */
  boolean expectsContinue() {
    return HttpUtil.is100ContinueExpected(head);
  }

  /** Whether the connection goes on after the answer. */
  boolean keepsAlive() {
    return HttpUtil.isKeepAlive(head);
  }

  /** Takes a part of the body; false when it is larger than the limit. */
  boolean add(ByteBuf part) {
    int more = part.readableBytes();
    if (more > limit - length) {
      return false;
    }
    if (more > 0) {
      makeRoom(length + more);
      part.getBytes(part.readerIndex(), body, length, more);
      length += more;
    }
    return true;
  }

  /**
   * What a client announces is not believed: memory grows with what has come in, and no further
   * than twice that.
   */
  private void makeRoom(int needed) {
    if (body.length == 0) {
      body = new byte[needed];
    } else if (needed > body.length) {
      body = Arrays.copyOf(body, Math.min(limit, Math.max(needed, 2 * body.length)));
    }
  }

  /** The request; throws {@link IllegalArgumentException} when its target is malformed. */
  Request finish(Peer peer, boolean multiplexed) {
    byte[] whole = length == body.length ? body : Arrays.copyOf(body, length);
    return new Request(head.method().name(), path(), headers(), whole, protocol(multiplexed), peer);
  }

  /** The target without the scheme and host that HTTP/1.1 allows in front of it. */
  private String path() {
    String target = head.uri();
    int host = target.indexOf("://");
    if (target.startsWith("/") || host < 0) {
      return target;
    }
    int slash = target.indexOf('/', host + 3);
    return slash < 0 ? "/" : target.substring(slash);
  }

  /** The headers as the client sent them. */
  Headers headers() {
    List<String> pairs = new ArrayList<>(2 * head.headers().size());
    for (Map.Entry<String, String> header : head.headers()) {
      if (!header.getKey().startsWith(HTTP2_MARK)) {
        pairs.add(header.getKey());
        pairs.add(header.getValue());
      }
    }
    return Headers.of(pairs.toArray(new String[0]));
  }

  private Protocol protocol(boolean multiplexed) {
    if (multiplexed) {
      return Protocol.HTTP_2;
    }
    return head.protocolVersion().equals(HttpVersion.HTTP_1_0)
        ? Protocol.HTTP_1_0
        : Protocol.HTTP_1_1;
  }
}

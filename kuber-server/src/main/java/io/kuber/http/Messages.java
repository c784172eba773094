package io.kuber.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Answers as Netty wants them. */
final class Messages {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private Messages() {}

  /** A whole answer; to HEAD it has the length of the body and no body. */
  static FullHttpResponse whole(Response response, boolean toHead) {
    byte[] body = response.body();
    ByteBuf content = toHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    FullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), content);
    copy(response.headers(), message.headers());
    if (response.status() != NO_CONTENT && response.status() != NOT_MODIFIED) {
      message.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    }
    return message;
  }

  /** The head of an answer whose body follows in unknown length. */
  static HttpResponse head(int status, Headers headers, Protocol protocol) {
    HttpResponse message =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    copy(headers, message.headers());
    if (protocol == Protocol.HTTP_1_1) {
      message.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    return message;
  }

  /** The answer that goes on in another protocol. */
  static FullHttpResponse switching(Headers headers) {
    FullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    copy(headers, message.headers());
    return message;
  }

  private static void copy(Headers from, HttpHeaders to) {
    from.forEach(to::add);
    to.set(HttpHeaderNames.DATE, HttpDate.now());
  }
}

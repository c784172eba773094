package io.kuber.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** How a connection goes on in another protocol. */
final class Upgrade {
  /** What a server proves with that it speaks WebSocket (RFC 6455, 1.3). */
  private static final String WEB_SOCKET_PROOF = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int SPDY_CHUNK_BYTES = HttpLimits.SPDY_FRAME_BYTES;

  private Upgrade() {}

  /** The headers of an answer that agrees to a WebSocket. */
  static Headers webSocketHeaders(Request request, String subprotocol) {
    String key =
        request
            .headers()
            .first("Sec-WebSocket-Key")
            .orElseThrow(() -> new IllegalArgumentException("Sec-WebSocket-Key is missing"));
    Headers headers = Headers.of("Upgrade", "websocket", "Sec-WebSocket-Accept", proof(key));
    return subprotocol.isEmpty() ? headers : headers.plus("Sec-WebSocket-Protocol", subprotocol);
  }

  private static String proof(String key) {
    try {
      byte[] text = (key + WEB_SOCKET_PROOF).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }

  /** What stands between the network and a {@link NettyWebSocket}. */
  static List<ChannelHandler> webSocketCodecs() {
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(HttpLimits.WEB_SOCKET_FRAME_BYTES)
            .allowMaskMismatch(false)
            .closeOnProtocolViolation(true)
            .build();
    return List.of(
        new WebSocket13FrameEncoder(false),
        new WebSocket13FrameDecoder(config),
        new WebSocketFrameAggregator(HttpLimits.WEB_SOCKET_FRAME_BYTES));
  }

  /** What stands between the network, or a WebSocket, and a {@link NettySpdySession}. */
  static ChannelHandler spdyCodec() {
    return new SpdyFrameCodec(
        SpdyVersion.SPDY_3_1, SPDY_CHUNK_BYTES, HttpLimits.HEADER_BYTES, 6, 15, 8, true);
  }

  /** Puts handlers in the place of HTTP; bytes that were read already go to the first of them. */
  static void replaceHttp(ChannelPipeline pipeline, List<ChannelHandler> handlers) {
    handlers.forEach(pipeline::addLast);
    pipeline.remove(RequestReader.class);
    pipeline.remove(HttpServerCodec.class);
  }
}

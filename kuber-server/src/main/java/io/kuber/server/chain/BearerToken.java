package io.kuber.server.chain;

import io.kuber.http.Request;
import java.util.List;
import java.util.Optional;

/**
 * The token that a client shows: in the header, or, from a browser, which cannot set headers of a
 * WebSocket, as a subprotocol beside the one it wants to speak (k8s.io/apiserver,
 * pkg/authentication/request/websocket/protocol.go).
 */
public final class BearerToken {
  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
  private static final String PREFIX = "base64url.bearer.authorization.k8s.io.";

  private BearerToken() {}

  /** Whether the request shows credentials besides a certificate. */
  static boolean isShown(Request request) {
    return request.headers().has("Authorization") || ofProtocols(request).isPresent();
  }

  private static Optional<String> ofProtocols(Request request) {
    return request.wantsWebSocket()
        ? request.headers().elements(PROTOCOLS).stream()
            .filter(protocol -> protocol.startsWith(PREFIX))
            .findFirst()
        : Optional.empty();
  }

  /** The subprotocols of a WebSocket that are to be spoken: all but the one that is a token. */
  public static List<String> otherProtocols(Request request) {
    return request.headers().elements(PROTOCOLS).stream()
        .filter(protocol -> !protocol.startsWith(PREFIX))
        .toList();
  }
}

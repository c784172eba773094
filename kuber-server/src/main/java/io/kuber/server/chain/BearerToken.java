package io.kuber.server.chain;

import io.kuber.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The token that a client shows: in the header, or, from a browser, which cannot set headers of a
 * WebSocket, as a subprotocol beside the one it wants to speak (k8s.io/apiserver,
 * pkg/authentication/request/websocket/protocol.go).
 */
public final class BearerToken {
  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
  private static final String PREFIX = "base64url.bearer.authorization.k8s.io.";
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) ([^ ]+)( .*)?");

  private BearerToken() {}

  /** Whether the request shows credentials besides a certificate. */
  static boolean isShown(Request request) {
    return request.headers().has("Authorization") || ofProtocols(request).isPresent();
  }

  /** The token; empty when the credentials are none that can be read as one. */
  static Optional<String> of(Request request) {
    Optional<String> header = request.headers().first("Authorization");
    return header.isPresent()
        ? header.flatMap(BearerToken::ofHeader)
        : ofProtocols(request)
            .filter(protocol -> isOneAmongOthers(request))
            .flatMap(BearerToken::decoded);
  }

  private static Optional<String> ofHeader(String header) {
    Matcher bearer = BEARER.matcher(header);
    return bearer.matches() ? Optional.of(bearer.group(1)) : Optional.empty();
  }

  private static Optional<String> ofProtocols(Request request) {
    return request.wantsWebSocket()
        ? request.headers().elements(PROTOCOLS).stream()
            .filter(protocol -> protocol.startsWith(PREFIX))
            .findFirst()
        : Optional.empty();
  }

  /** There has to be one token, and something else that can be agreed to. */
  private static boolean isOneAmongOthers(Request request) {
    int others = otherProtocols(request).size();
    return others > 0 && request.headers().elements(PROTOCOLS).size() == others + 1;
  }

  private static Optional<String> decoded(String protocol) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(protocol.substring(PREFIX.length()));
      return bytes.length == 0
          ? Optional.empty()
          : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** The subprotocols of a WebSocket that are to be spoken: all but the one that is a token. */
  public static List<String> otherProtocols(Request request) {
    return request.headers().elements(PROTOCOLS).stream()
        .filter(protocol -> !protocol.startsWith(PREFIX))
        .toList();
  }
}

package io.kuber.server.tunnel;

import io.kuber.http.Request;
import java.util.List;

/**
 * The version of the exec protocol that client and server agree on (apimachinery,
 * pkg/util/remotecommand/constants.go).
 *
 * @param name as it stands in the answer; empty where the client offered none
 * @param version from 1 to 5: since 3 terminals can be resized, since 4 the end is a Status, since
 *     5 the client of a WebSocket can end stdin
 * @param isBase64 whether a WebSocket carries text messages in base 64
 */
record ExecProtocol(String name, int version, boolean isBase64) {
  private static final List<ExecProtocol> KNOWN =
      List.of(
          new ExecProtocol("v5.channel.k8s.io", 5, false),
          new ExecProtocol("v4.channel.k8s.io", 4, false),
          new ExecProtocol("v3.channel.k8s.io", 3, false),
          new ExecProtocol("v2.channel.k8s.io", 2, false),
          new ExecProtocol("channel.k8s.io", 1, false),
          new ExecProtocol("v5.base64.channel.k8s.io", 5, true),
          new ExecProtocol("v4.base64.channel.k8s.io", 4, true),
          new ExecProtocol("base64.channel.k8s.io", 1, true));

  private static final ExecProtocol UNNAMED = new ExecProtocol("", 1, false);

  /** The first one that the client of a WebSocket offers and we know. */
  static ExecProtocol ofWebSocket(Request request) {
    return choose(request.headers().elements("Sec-WebSocket-Protocol"), KNOWN);
  }

  /** The first one that the client of SPDY offers and we know; closing channels is not for it. */
  static ExecProtocol ofSpdy(Request request) {
    List<ExecProtocol> known =
        KNOWN.stream()
            .filter(protocol -> !protocol.isBase64 && !protocol.canCloseChannels())
            .toList();
    return choose(request.headers().elements("X-Stream-Protocol-Version"), known);
  }

  private static ExecProtocol choose(List<String> offered, List<ExecProtocol> known) {
    if (offered.isEmpty()) {
      return UNNAMED;
    }
    return offered.stream()
        .flatMap(name -> known.stream().filter(protocol -> protocol.name.equals(name)))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.noCommonProtocol(offered, known.stream().map(ExecProtocol::name).toList()));
  }

  boolean canResize() {
    return version >= 3;
  }

  boolean endsInStatus() {
    return version >= 4;
  }

  boolean canCloseChannels() {
    return version >= 5;
  }
}

package io.kuber.server.tunnel;

import io.kuber.api.ExecOptions;
import io.kuber.api.RemoteProcess;
import io.kuber.http.Exchange;
import io.kuber.http.WebSocket;
import java.io.InputStream;

/** The streams of exec as channels of a WebSocket. */
final class ExecOverWebSocket {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int ERROR = 3;
  private static final int RESIZE = 4;
  private static final int CLOSE = 255;
  private static final byte[] NOTHING = {};

  private final Exchange exchange;
  private final ExecOptions options;
  private final ExecProtocol protocol;
  private final ChannelSocket channels;
  private volatile byte[] earlySize = NOTHING;

  ExecOverWebSocket(Exchange exchange, ExecOptions options, ExecProtocol protocol) {
    this.exchange = exchange;
    this.options = options;
    this.protocol = protocol;
    this.channels = new ChannelSocket(protocol.isBase64());
  }

  /** Upgrades; a client knows by an empty message that it is connected, as from a kubelet. */
  ExecStreams open() {
    InputStream stdin = options.stdin() ? channels.input(STDIN) : InputStream.nullInputStream();
    channels.receive(RESIZE, size -> earlySize = size);
    if (protocol.canCloseChannels()) {
      channels.receive(CLOSE, this::endChannel);
    }
    WebSocket socket = exchange.acceptWebSocket(protocol.name(), channels);
    if (options.stdout() || options.stderr()) {
      channels.send(socket, options.stdout() ? STDOUT : STDERR, NOTHING);
    }
    return new ExecStreams(
        stdin,
        channels.output(socket, STDOUT),
        channels.output(socket, STDERR),
        end -> sendEnd(socket, end),
        this::passSizes,
        () -> socket.close(WebSocket.NORMAL, ""));
  }

  private void endChannel(byte[] message) {
    if (message.length == 1) {
      channels.end(message[0] & 0xff);
    }
  }

  private void sendEnd(WebSocket socket, byte[] end) {
    if (end.length > 0) {
      channels.send(socket, ERROR, end);
    }
  }

  /** A size may have come while the streams were being opened. */
  private void passSizes(RemoteProcess process) {
    channels.receive(RESIZE, size -> TerminalSize.apply(size, process));
    if (earlySize.length > 0) {
      TerminalSize.apply(earlySize, process);
    }
  }
}

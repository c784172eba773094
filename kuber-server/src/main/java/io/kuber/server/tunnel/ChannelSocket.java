package io.kuber.server.tunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.kuber.http.InboundBytes;
import io.kuber.http.PacedOutput;
import io.kuber.http.UnreadBytes;
import io.kuber.http.WebSocket;
import io.kuber.http.WebSocketListener;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Channels in the messages of a WebSocket: the first byte is the number of the channel, or the
 * first character its digit when the rest is in base 64.
 *
 * <p>Channels are declared before the socket opens; what comes for others is ignored. While too
 * many bytes wait for their readers, the socket is not read.
 */
final class ChannelSocket implements WebSocketListener {
  private final boolean isBase64;
  private final Map<Integer, Consumer<byte[]>> receivers = new ConcurrentHashMap<>();
  private final Map<Integer, InboundBytes> inputs = new ConcurrentHashMap<>();
  private final UnreadBytes unread = new UnreadBytes();
  private volatile Consumer<Boolean> reading = ignored -> {};

  ChannelSocket(boolean isBase64) {
    this.isBase64 = isBase64;
  }

  /** Declares a channel whose messages go to {@code receiver}, on the event loop. */
  void receive(int channel, Consumer<byte[]> receiver) {
    receivers.put(channel, receiver);
  }

  /** Declares a channel on which the client sends bytes. */
  InputStream input(int channel) {
    InboundBytes input = new InboundBytes(unread::taken);
    inputs.put(channel, input);
    receivers.put(
        channel,
        bytes -> {
          unread.came(bytes.length, reading);
          input.deliver(bytes);
        });
    return input;
  }

  /** The client says that it sends nothing more on a channel. */
  void end(int channel) {
    InboundBytes input = inputs.get(channel);
    if (input != null) {
      input.end();
    }
  }

  /** A channel on which the client gets bytes; blocks while it is slow. */
  OutputStream output(WebSocket socket, int channel) {
    return new PacedOutput(socket, bytes -> send(socket, channel, bytes), () -> {});
  }

  /** Sends one message on a channel. */
  void send(WebSocket socket, int channel, byte[] bytes) {
    if (isBase64) {
      String digit = Integer.toString(channel);
      socket.sendText(digit + Base64.getEncoder().encodeToString(bytes));
    } else {
      socket.sendBinary(new byte[] {(byte) channel}, bytes);
    }
  }

  @Override
  public void onBinary(WebSocket socket, byte[] message) {
    if (message.length > 0) {
      dispatch(socket, message[0] & 0xff, Arrays.copyOfRange(message, 1, message.length));
    }
  }

  @Override
  public void onText(WebSocket socket, String message) {
    if (!isBase64) {
      onBinary(socket, message.getBytes(ISO_8859_1));
    } else if (!message.isEmpty()) {
      try {
        byte[] bytes = Base64.getDecoder().decode(message.substring(1));
        dispatch(socket, message.charAt(0) - '0', bytes);
      } catch (IllegalArgumentException e) {
        socket.close(WebSocket.PROTOCOL_ERROR, "the message is not in base 64");
      }
    }
  }

  private void dispatch(WebSocket socket, int channel, byte[] bytes) {
    reading = socket::setReading;
    Consumer<byte[]> receiver = receivers.get(channel);
    if (receiver != null) {
      receiver.accept(bytes);
    }
  }

  @Override
  public void onClose(WebSocket socket) {
    inputs.values().forEach(input -> input.fail("the client is gone"));
  }
}

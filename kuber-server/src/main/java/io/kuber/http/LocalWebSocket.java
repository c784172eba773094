package io.kuber.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** A WebSocket within this process: the server's half, and the way to it. */
final class LocalWebSocket implements WebSocket {
  private final LocalExchange exchange;
  private final LocalQueue received;
  private final WebSocketListener listener;
  private final AtomicBoolean closing = new AtomicBoolean();

  /** A socket whose messages from the client go through {@code received} to the listener. */
  LocalWebSocket(LocalExchange exchange, LocalQueue received, WebSocketListener listener) {
    this.exchange = exchange;
    this.received = received;
    this.listener = listener;
    setReading(true);
  }

  /** The client sends a message; false when it is not taken. */
  boolean receive(byte[] bytes) {
    return bytes.length <= HttpLimits.WEB_SOCKET_FRAME_BYTES
        && !closing.get()
        && received.offer(bytes.length, () -> listener.onBinary(this, bytes));
  }

  /** What the client sent and the listener has not got. */
  long unreadBytes() {
    return received.pendingBytes();
  }

  /** The client closes, after what it sent; false when the socket is closed already. */
  boolean hangUp(int status, String reason) {
    if (!closing.compareAndSet(false, true)) {
      return false;
    }
    received.want(Long.MAX_VALUE);
    received.announce(() -> exchange.hangUp(status, reason));
    return true;
  }

  /** Nothing goes either way any more. */
  void closed() {
    closing.set(true);
    received.close();
    listener.onClose(this);
  }

  @Override
  public void sendText(String text) {
    sendText(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void sendText(byte[] utf8) {
    sent(exchange.sendText(utf8.length, new String(utf8, StandardCharsets.UTF_8)));
  }

  @Override
  public void sendBinary(byte[]... parts) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      message.writeBytes(part);
    }
    sent(exchange.send(message.toByteArray()));
  }

  /** A client that is too slow for all that waits for it is cut off, as on the network. */
  private void sent(boolean taken) {
    if (!taken && !exchange.answer().isClosed()) {
      exchange.hangUp(INTERNAL_ERROR, "the client is too slow");
    }
  }

  @Override
  public void setReading(boolean reading) {
    if (reading) {
      received.want(Long.MAX_VALUE);
    } else {
      received.wantNothing();
    }
  }

  @Override
  public void close(int status, String reason) {
    if (closing.compareAndSet(false, true)) {
      exchange.close(status, reason);
    }
  }

  @Override
  public boolean isWritable() {
    return exchange.answer().isWritable();
  }

  @Override
  public long pendingBytes() {
    return exchange.answer().pendingBytes();
  }

  @Override
  public void onWritable(Runnable action) {
    exchange.answer().onWritable(action);
  }

  @Override
  public boolean isClosed() {
    return closing.get() || exchange.answer().isClosed();
  }
}

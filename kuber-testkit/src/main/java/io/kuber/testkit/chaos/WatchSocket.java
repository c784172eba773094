package io.kuber.testkit.chaos;

import io.kuber.http.WebSocket;
import java.nio.charset.StandardCharsets;

/** The WebSocket of a watch, each text message of which is one event. */
record WatchSocket(WebSocket socket, EventLane events) implements WebSocket {
  /** Where the events go. */
  record Outlet(WebSocket socket) implements EventLane.Outlet {
    @Override
    public void send(byte[] event) {
      socket.sendText(event);
    }

    @Override
    public void end() {
      socket.close(NORMAL, "");
    }
  }

  @Override
  public void sendText(String text) {
    events.send(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void sendText(byte[] utf8) {
    events.send(utf8);
  }

  /** Protobuf, which fabric8 and browsers do not ask for, passes untouched. */
  @Override
  public void sendBinary(byte[]... parts) {
    socket.sendBinary(parts);
  }

  @Override
  public void setReading(boolean reading) {
    socket.setReading(reading);
  }

  @Override
  public void close(int status, String reason) {
    events.end();
  }

  @Override
  public boolean isWritable() {
    return socket.isWritable();
  }

  @Override
  public long pendingBytes() {
    return socket.pendingBytes();
  }

  @Override
  public void onWritable(Runnable action) {
    socket.onWritable(action);
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }
}

package io.kuber.testkit.chaos;

import io.kuber.http.ResponseStream;

/** The body of a watch, each part of which is one event. */
record WatchBody(ResponseStream stream, EventLane events) implements ResponseStream {
  /** Where the events go. */
  record Outlet(ResponseStream stream) implements EventLane.Outlet {
    @Override
    public void send(byte[] event) {
      stream.write(event);
    }

    @Override
    public void end() {
      stream.end();
    }
  }

  @Override
  public void write(byte[] bytes) {
    events.send(bytes);
  }

  @Override
  public void end() {
    events.end();
  }

  @Override
  public void abort() {
    stream.abort();
  }

  @Override
  public void onClose(Runnable action) {
    stream.onClose(action);
  }

  @Override
  public boolean isWritable() {
    return stream.isWritable();
  }

  @Override
  public long pendingBytes() {
    return stream.pendingBytes();
  }

  @Override
  public void onWritable(Runnable action) {
    stream.onWritable(action);
  }

  @Override
  public boolean isClosed() {
    return stream.isClosed();
  }
}

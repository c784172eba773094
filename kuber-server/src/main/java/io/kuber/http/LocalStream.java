package io.kuber.http;

import java.util.concurrent.atomic.AtomicBoolean;

/** The streamed body of an answer within this process. */
final class LocalStream implements ResponseStream {
  private final LocalExchange exchange;
  private final AtomicBoolean ended = new AtomicBoolean();

  LocalStream(LocalExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void write(byte[] bytes) {
    if (bytes.length == 0 || exchange.isToHead() || isClosed()) {
      return;
    }
    if (!exchange.send(bytes)) {
      abort();
    }
  }

  @Override
  public void end() {
    if (ended.compareAndSet(false, true)) {
      exchange.end();
    }
  }

  /** Nothing written here reaches the client. */
  void closed() {
    ended.set(true);
  }

  @Override
  public void abort() {
    ended.set(true);
    exchange.abort();
  }

  @Override
  public void onClose(Runnable action) {
    exchange.onClose(action);
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
    return ended.get() || exchange.answer().isClosed();
  }
}

package io.kuber.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.atomic.AtomicBoolean;

/** The streamed body of one exchange. */
final class NettyResponseStream implements ResponseStream {
  private final NettyExchange exchange;
  private final Outbox outbox;
  private final AtomicBoolean ended = new AtomicBoolean();

  NettyResponseStream(NettyExchange exchange) {
    this.exchange = exchange;
    this.outbox = new Outbox(exchange.channel());
  }

  @Override
  public void write(byte[] bytes) {
    if (bytes.length == 0 || exchange.isToHead() || ended.get()) {
      return;
    }
    boolean taken =
        outbox.offer(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)), bytes.length);
    if (!taken && !outbox.isClosed()) {
      abort();
    }
  }

  /** The event loop drains the outbox for all that was written before it gets to the end. */
  @Override
  public void end() {
    if (ended.compareAndSet(false, true)) {
      Outbound.execute(
          exchange.channel(), () -> exchange.finish(LastHttpContent.EMPTY_LAST_CONTENT));
    }
  }

  @Override
  public void abort() {
    ended.set(true);
    Outbound.close(exchange.channel());
  }

  /** Nothing will reach the client any more; on the event loop. */
  void closed() {
    ended.set(true);
    outbox.close();
  }

  @Override
  public void onClose(Runnable action) {
    exchange.onClose(action);
  }

  @Override
  public boolean isWritable() {
    return outbox.isWritable();
  }

  @Override
  public long pendingBytes() {
    return outbox.pendingBytes();
  }

  @Override
  public void onWritable(Runnable action) {
    outbox.onWritable(action);
  }

  @Override
  public boolean isClosed() {
    return outbox.isClosed() || ended.get();
  }
}

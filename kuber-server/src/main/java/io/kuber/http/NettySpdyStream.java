package io.kuber.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** One stream of a SPDY session. */
final class NettySpdyStream implements SpdyStream {
  private final NettySpdySession session;
  private final int id;
  private final Headers headers;
  private final InboundBytes input;
  private final OutputStream output;
  private final AtomicBoolean outputEnded = new AtomicBoolean();
  private final AtomicBoolean inputEnded = new AtomicBoolean();

  NettySpdyStream(NettySpdySession session, int id, Headers headers) {
    this.session = session;
    this.id = id;
    this.headers = headers;
    this.input = new InboundBytes(count -> session.taken(id, count));
    this.output = new PacedOutput(session, this::write, this::end);
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  private void write(byte[] bytes) {
    if (!outputEnded.get()) {
      for (int from = 0; from < bytes.length; from += HttpLimits.SPDY_FRAME_BYTES) {
        int length = Math.min(HttpLimits.SPDY_FRAME_BYTES, bytes.length - from);
        session.send(
            new DefaultSpdyDataFrame(id, Unpooled.wrappedBuffer(bytes, from, length)), length);
      }
    }
  }

  private void end() {
    if (outputEnded.compareAndSet(false, true)) {
      DefaultSpdyDataFrame last = new DefaultSpdyDataFrame(id, Unpooled.EMPTY_BUFFER);
      last.setLast(true);
      session.send(last, 0);
      forgetIfOver();
    }
  }

  @Override
  public void reset() {
    boolean wasOpen = !outputEnded.getAndSet(true);
    if (!inputEnded.getAndSet(true) || wasOpen) {
      session.send(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.CANCEL), 0);
      input.end();
      session.forget(id);
    }
  }

  /** The client sent bytes. */
  void deliver(byte[] bytes) {
    input.deliver(bytes);
  }

  /** The client sent its last byte. */
  void endInput() {
    inputEnded.set(true);
    input.end();
    forgetIfOver();
  }

  /** The client broke the stream off, or is gone. */
  void breakOff(String reason) {
    outputEnded.set(true);
    inputEnded.set(true);
    input.fail(reason);
  }

  private void forgetIfOver() {
    if (inputEnded.get() && outputEnded.get()) {
      session.forget(id);
    }
  }
}

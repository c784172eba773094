package io.kuber.server.chain;

import io.kuber.http.ResponseStream;

/** An answer bit by bit, of which a copy is kept. */
record CopiedStream(ResponseStream stream, AnswerCopy copy) implements ResponseStream {
  @Override
  public void write(byte[] bytes) {
    copy.write(bytes);
    stream.write(bytes);
  }

  @Override
  public void end() {
    stream.end();
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

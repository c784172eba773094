package io.kuber.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An exchange without a network: it keeps the answer. For any thread. */
public final class RecordedExchange implements Exchange {
  private static final long PATIENCE_SECONDS = 60;

  private final Request request;
  private final ErrorShape errors;
  private final Closers closers = new Closers();
  private final CompletableFuture<Response> answer = new CompletableFuture<>();
  private volatile Headers always = Headers.EMPTY;
  private volatile int status;
  private boolean isExpired;

  /** An exchange of a request, whose failures look as {@code errors} says. */
  public RecordedExchange(Request request, ErrorShape errors) {
    this.request = request;
    this.errors = errors;
  }

  /** The whole answer, once there is one. */
  public Response await() throws Exception {
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void always(Headers headers) {
    always = headers.orElse(always);
  }

  @Override
  public void respond(Response response) {
    if (claim(response.status())) {
      finish(response);
    }
  }

  @Override
  public void expire(Response response) {
    synchronized (this) {
      if (status != 0) {
        return;
      }
      isExpired = true;
      status = response.status();
    }
    finish(response);
  }

  private synchronized boolean claim(int code) {
    if (isExpired) {
      return false;
    }
    if (status != 0) {
      throw new IllegalStateException("answered already: " + request);
    }
    status = code;
    return true;
  }

  private void finish(Response response) {
    answer.complete(response.orElse(always));
    closers.close();
  }

  @Override
  public void fail(Throwable cause) {
    if (isAnswered()) {
      answer.completeExceptionally(cause);
      closers.close();
    } else {
      respond(errors.shape(request.headers(), 500, "internal server error", cause));
    }
  }

  @Override
  public void drop() {
    synchronized (this) {
      isExpired = true;
    }
    answer.completeExceptionally(new IOException("dropped: " + request));
    closers.close();
  }

  @Override
  public ResponseStream stream(int code, Headers headers) {
    RecordedStream stream = new RecordedStream(code, headers);
    if (!claim(code)) {
      stream.abort();
    }
    return stream;
  }

  @Override
  public WebSocket acceptWebSocket(String subprotocol, WebSocketListener listener) {
    throw new UnsupportedOperationException("there is no connection to upgrade");
  }

  @Override
  public SpdySession acceptSpdy(Headers headers, SpdyListener listener) {
    throw new UnsupportedOperationException("there is no connection to upgrade");
  }

  @Override
  public SpdySession acceptSpdyInWebSocket(String subprotocol, SpdyListener listener) {
    throw new UnsupportedOperationException("there is no connection to upgrade");
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public boolean isAnswered() {
    return status != 0;
  }

  @Override
  public void onClose(Runnable action) {
    closers.add(action);
  }

  /** Takes whatever is written, at once. */
  private final class RecordedStream implements ResponseStream {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final int code;
    private final Headers headers;

    RecordedStream(int code, Headers headers) {
      this.code = code;
      this.headers = headers;
    }

    @Override
    public void write(byte[] bytes) {
      body.writeBytes(bytes);
    }

    @Override
    public void end() {
      finish(new Response(code, headers, body.toByteArray()));
    }

    @Override
    public void abort() {
      answer.completeExceptionally(new IllegalStateException("cut off"));
      closers.close();
    }

    @Override
    public void onClose(Runnable action) {
      closers.add(action);
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public long pendingBytes() {
      return 0;
    }

    @Override
    public void onWritable(Runnable action) {
      action.run();
    }

    @Override
    public boolean isClosed() {
      return answer.isDone();
    }
  }
}

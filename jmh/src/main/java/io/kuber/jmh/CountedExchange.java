package io.kuber.jmh;

import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.ResponseStream;
import io.kuber.http.SpdyListener;
import io.kuber.http.SpdySession;
import io.kuber.http.WebSocket;
import io.kuber.http.WebSocketListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange with a client that takes every answer at once and counts its bytes. */
final class CountedExchange implements Exchange, ResponseStream {
  private final Request request;
  private int status;
  private long bytes;
  private final List<Runnable> closers = new ArrayList<>();
  private Headers always = Headers.EMPTY;
  private boolean ended;
  private @Nullable Throwable failure;

  CountedExchange(Request request) {
    this.request = request;
  }

  /** This exchange, once it is answered with success; everything else is a broken benchmark. */
  CountedExchange whole() {
    if (failure != null || !ended || status >= 300) {
      throw new IllegalStateException(request + " was answered " + status, failure);
    }
    return this;
  }

  /** Bytes of the body so far. */
  long bytes() {
    return bytes;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void respond(Response response) {
    status = response.status();
    bytes += response.body().length;
    over();
    if (status >= 300) {
      failure = new IllegalStateException(new String(response.body(), StandardCharsets.UTF_8));
    }
  }

  /** Only the bytes of bodies are counted. */
  @Override
  public void always(Headers headers) {
    always = headers.orElse(always);
  }

  @Override
  public void expire(Response response) {
    if (status == 0) {
      respond(response);
    }
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void fail(Throwable cause) {
    failure = cause;
  }

  @Override
  public void drop() {
    failure = new IllegalStateException(request + " was dropped");
  }

  @Override
  public ResponseStream stream(int code, Headers headers) {
    status = code;
    return this;
  }

  @Override
  public void write(byte[] chunk) {
    bytes += chunk.length;
  }

  @Override
  public void end() {
    over();
  }

  @Override
  public void abort() {
    over();
  }

  @Override
  public boolean isAnswered() {
    return status != 0;
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
    return ended;
  }

  @Override
  public void onClose(Runnable action) {
    if (ended) {
      action.run();
    } else {
      closers.add(action);
    }
  }

  private void over() {
    ended = true;
    closers.forEach(Runnable::run);
    closers.clear();
  }

  @Override
  public WebSocket acceptWebSocket(String subprotocol, WebSocketListener listener) {
    throw new UnsupportedOperationException("answers are whole here");
  }

  @Override
  public SpdySession acceptSpdy(Headers headers, SpdyListener listener) {
    throw new UnsupportedOperationException("answers are whole here");
  }

  @Override
  public SpdySession acceptSpdyInWebSocket(String subprotocol, SpdyListener listener) {
    throw new UnsupportedOperationException("answers are whole here");
  }
}

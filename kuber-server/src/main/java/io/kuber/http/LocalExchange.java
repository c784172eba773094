package io.kuber.http;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The exchange of one request from this process. */
final class LocalExchange implements Exchange {
  private final Request request;
  private final AnswerListener listener;
  private final Workers workers;
  private final Failures failures;
  private final LocalQueue answer;
  private final LocalCall call = new LocalCall(this);
  private final Claim claim = new Claim();
  private final Closers begun = new Closers();
  private final Closers closers = new Closers();
  private volatile Headers always = Headers.EMPTY;
  private volatile int status;
  private volatile @Nullable LocalStream stream;
  private volatile @Nullable LocalWebSocket socket;

  LocalExchange(Request request, AnswerListener listener, Workers workers, Failures failures) {
    this.request = request;
    this.listener = listener;
    this.workers = workers;
    this.failures = failures;
    this.answer = new LocalQueue(workers);
  }

  /** Lets the handler answer, on the calling thread. */
  void handle(Handler handler) {
    try {
      handler.handle(this);
    } catch (Exception | Error e) {
      fail(e);
    }
  }

  LocalCall call() {
    return call;
  }

  /** What is on its way to the client. */
  LocalQueue answer() {
    return answer;
  }

  /** The WebSocket that the answer has become, if it has. */
  Optional<LocalWebSocket> socket() {
    return Optional.ofNullable(socket);
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public boolean isAnswered() {
    return claim.isTaken();
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void always(Headers headers) {
    always = headers.orElse(always);
  }

  @Override
  public void onAnswer(Runnable action) {
    begun.add(action);
  }

  @Override
  public void onClose(Runnable action) {
    closers.add(action);
  }

  @Override
  public void respond(Response response) {
    if (claim.take(request)) {
      send(response);
    }
  }

  @Override
  public void expire(Response response) {
    if (claim.expire()) {
      send(response);
    }
  }

  private void send(Response response) {
    head(response.status(), response.headers());
    if (response.body().length > 0 && !isToHead()) {
      answer.offer(response.body().length, () -> listener.onBytes(call, response.body()));
    }
    end();
  }

  @Override
  public void fail(Throwable cause) {
    if (claim.isExpired()) {
      return;
    }
    if (!isAnswered()) {
      respond(failures.answer(request, cause));
      return;
    }
    if (!answer.isClosed()) {
      failures.log(request, cause);
    }
    if (stream != null) {
      abort();
    }
  }

  @Override
  public void drop() {
    claim.expire();
    lose("the connection was dropped: " + request);
  }

  @Override
  public ResponseStream stream(int code, Headers headers) {
    LocalStream begun = new LocalStream(this);
    if (claim.take(request)) {
      stream = begun;
      head(code, headers);
    } else {
      begun.closed();
    }
    return begun;
  }

  @Override
  public WebSocket acceptWebSocket(String subprotocol, WebSocketListener receiver) {
    if (!request.wantsWebSocket()) {
      throw new IllegalStateException("the client asked for no WebSocket: " + request);
    }
    if (!claim.take(request)) {
      throw new IllegalStateException("too late for an upgrade: " + request);
    }
    LocalWebSocket accepted = new LocalWebSocket(this, new LocalQueue(workers), receiver);
    socket = accepted;
    onClose(accepted::closed);
    head(
        101,
        subprotocol.isEmpty() ? Headers.EMPTY : Headers.of("Sec-WebSocket-Protocol", subprotocol));
    return accepted;
  }

  /** Clients in this process have no use for SPDY: what it multiplexes can be requests here. */
  @Override
  public SpdySession acceptSpdy(Headers headers, SpdyListener receiver) {
    throw new UnsupportedOperationException("SPDY is for clients on the network");
  }

  @Override
  public SpdySession acceptSpdyInWebSocket(String subprotocol, SpdyListener receiver) {
    throw new UnsupportedOperationException("SPDY is for clients on the network");
  }

  private void head(int code, Headers headers) {
    status = code;
    begun.close();
    Headers all = headers.orElse(always);
    answer.announce(() -> listener.onHead(call, code, all));
  }

  /** Whether only the head of the answer is asked for. */
  boolean isToHead() {
    return request.method().equals("HEAD");
  }

  /** A part of the body, or a binary message. */
  boolean send(byte[] bytes) {
    return answer.offer(bytes.length, () -> listener.onBytes(call, bytes));
  }

  boolean sendText(int bytes, String text) {
    return answer.offer(bytes, () -> listener.onText(call, text));
  }

  /** The body ends here. */
  void end() {
    answer.announce(
        () -> {
          over();
          listener.onEnd(call);
        });
  }

  /** The WebSocket ends here. */
  void close(int status, String reason) {
    answer.announce(() -> closed(status, reason));
  }

  /** The WebSocket ends at once. */
  void hangUp(int status, String reason) {
    answer.cut(() -> closed(status, reason));
  }

  private void closed(int status, String reason) {
    over();
    listener.onClose(call, status, reason);
  }

  /** Cuts the answer off. */
  void abort() {
    lose("the answer was cut off: " + request);
  }

  private void lose(String reason) {
    answer.cut(() -> listener.onFailure(call, new IOException(reason)));
    over();
  }

  /** The client takes no more. */
  void cancel() {
    answer.close();
    over();
  }

  private void over() {
    begun.close();
    closers.close();
  }

  /** The server closes. */
  void windDown() {
    LocalWebSocket open = socket;
    if (open == null) {
      lose("the server is closed");
    } else {
      hangUp(WebSocket.GOING_AWAY, "the server goes away");
    }
  }
}

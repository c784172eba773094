package io.kuber.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exchange of one request; its answer is claimed on any thread and sent on the event loop. */
final class NettyExchange implements Exchange, Connection.Winding {
  private final Serving serving;
  private final ChannelHandlerContext context;
  private final Request request;
  private final RequestReader reader;
  private final boolean clientKeepsAlive;
  private final Claim claim = new Claim();
  private final Closers begun = new Closers();
  private final Closers closers = new Closers();
  private volatile Headers always = Headers.EMPTY;
  private volatile int status;
  private volatile @Nullable NettyResponseStream stream;
  private volatile Runnable windingDown = () -> {};

  NettyExchange(
      Serving serving,
      ChannelHandlerContext context,
      Request request,
      RequestReader reader,
      boolean clientKeepsAlive) {
    this.serving = serving;
    this.context = context;
    this.request = request;
    this.reader = reader;
    this.clientKeepsAlive = clientKeepsAlive;
  }

  /** Hands the exchange to a worker; on the event loop. */
  void start() {
    Connection connection = Connection.of(channel());
    connection.begin(this);
    closers.add(() -> connection.end(this));
    if (!serving.workers().submit(this::handle)) {
      respond(serving.failures().tooManyRequests(request.headers()));
    }
  }

  private void handle() {
    try {
      serving.handler().handle(this);
    } catch (Throwable e) {
      fail(e);
    }
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
  public void onAnswer(Runnable action) {
    begun.add(action);
  }

  @Override
  public void onClose(Runnable action) {
    closers.add(action);
  }

  @Override
  public void always(Headers headers) {
    always = headers.orElse(always);
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
    FullHttpResponse message = Messages.whole(response.orElse(always), isToHead());
    status = response.status();
    begun.close();
    onEventLoop(
        () -> {
          setKeepAlive(message);
          finish(message);
        });
  }

  @Override
  public void fail(Throwable cause) {
    if (claim.isExpired()) {
      return;
    }
    if (!isAnswered()) {
      respond(serving.failures().answer(request, cause));
      return;
    }
    if (channel().isOpen()) {
      serving.failures().log(request, cause);
    }
    NettyResponseStream answer = stream;
    if (answer != null) {
      answer.abort();
    }
  }

  @Override
  public void drop() {
    claim.expire();
    Outbound.close(channel());
  }

  @Override
  public ResponseStream stream(int status, Headers headers) {
    HttpResponse head = Messages.head(status, headers.orElse(always), request.protocol());
    NettyResponseStream answer = new NettyResponseStream(this);
    if (!claim.take(request)) {
      answer.closed();
      return answer;
    }
    this.status = status;
    stream = answer;
    windingDown = answer::end;
    onClose(answer::closed);
    begun.close();
    onEventLoop(
        () -> {
          setKeepAlive(head);
          Outbound.send(context, head);
        });
    return answer;
  }

  @Override
  public WebSocket acceptWebSocket(String subprotocol, WebSocketListener listener) {
    NettyWebSocket socket = new NettyWebSocket(channel(), listener);
    List<ChannelHandler> handlers = new ArrayList<>(Upgrade.webSocketCodecs());
    handlers.add(socket);
    upgrade(Upgrade.webSocketHeaders(request, subprotocol), handlers, socket);
    return socket;
  }

  @Override
  public SpdySession acceptSpdy(Headers headers, SpdyListener listener) {
    NettySpdySession session = new NettySpdySession(channel(), listener);
    upgrade(headers.plus("Upgrade", "SPDY/3.1"), List.of(Upgrade.spdyCodec(), session), session);
    return session;
  }

  @Override
  public SpdySession acceptSpdyInWebSocket(String subprotocol, SpdyListener listener) {
    NettySpdySession session = new NettySpdySession(channel(), listener);
    List<ChannelHandler> handlers = new ArrayList<>(Upgrade.webSocketCodecs());
    handlers.add(new WebSocketTunnel());
    handlers.add(Upgrade.spdyCodec());
    handlers.add(session);
    upgrade(Upgrade.webSocketHeaders(request, subprotocol), handlers, session);
    return session;
  }

  @Override
  public RawConnection acceptRaw(Headers headers, RawListener listener) {
    NettyRaw raw = new NettyRaw(channel(), listener);
    upgrade(headers, List.of(raw), raw);
    return raw;
  }

  /** The last message that HTTP sends; from then on the connection belongs to the handlers. */
  private void upgrade(Headers headers, List<ChannelHandler> handlers, Upgraded upgraded) {
    if (request.upgrade().isEmpty()) {
      throw new IllegalStateException("the client asked for no upgrade: " + request);
    }
    FullHttpResponse message = Messages.switching(headers.orElse(always));
    if (!claim.take(request)) {
      throw new IllegalStateException("too late for an upgrade: " + request);
    }
    status = message.status().code();
    begun.close();
    windingDown = upgraded::windDown;
    onClose(upgraded::closed);
    channel().closeFuture().addListener(closed -> gone());
    onEventLoop(
        () -> {
          Outbound.send(context, message);
          Upgrade.replaceHttp(context.pipeline(), handlers);
        });
  }

  /** Whether only the head of the answer is asked for. */
  boolean isToHead() {
    return request.method().equals("HEAD");
  }

  Channel channel() {
    return context.channel();
  }

  private void setKeepAlive(HttpResponse message) {
    if (request.protocol() != Protocol.HTTP_2) {
      HttpVersion version =
          request.protocol() == Protocol.HTTP_1_0 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
      HttpUtil.setKeepAlive(message.headers(), version, keepsAlive());
    }
  }

  private boolean keepsAlive() {
    boolean endsByClosing = request.protocol() == Protocol.HTTP_1_0 && stream != null;
    return clientKeepsAlive && !endsByClosing && !Connection.of(channel()).isWindingDown();
  }

  /** Sends the end of the answer, and is over when that is out; on the event loop. */
  void finish(HttpObject end) {
    context.writeAndFlush(end).addListener(sent -> over());
  }

  private void over() {
    begun.close();
    if (closers.close()) {
      reader.finished(context, keepsAlive());
    }
  }

  /** The client is gone; on the event loop. */
  void gone() {
    begun.close();
    closers.close();
  }

  /** What is open without end is ended; a request is answered first. */
  @Override
  public void windDown() {
    windingDown.run();
  }

  private void onEventLoop(Runnable action) {
    Outbound.execute(channel(), action);
  }
}

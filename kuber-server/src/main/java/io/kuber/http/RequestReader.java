package io.kuber.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Collects the requests of one HTTP/1.1 connection, or the one of an HTTP/2 stream, and starts
 * their exchanges one after the other. Belongs to the event loop.
 *
 * <p>A request that cannot be served ends the connection: its answer goes out when its turn comes,
 * and what the client still sends is thrown away meanwhile, because closing at once would make the
 * client lose the answer.
 */
final class RequestReader extends SimpleChannelInboundHandler<HttpObject> {
  private final Serving serving;
  private final boolean multiplexed;
  private final Deque<Runnable> turns = new ArrayDeque<>();
  private @Nullable RequestAssembly assembly;
  private @Nullable NettyExchange active;
  private @Nullable Future<?> timeout;
  private boolean refused;
  private long discarded;

  RequestReader(Serving serving, boolean multiplexed) {
    this.serving = serving;
    this.multiplexed = multiplexed;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (refused) {
      discard(context, message);
    } else if (message.decoderResult().isFailure()) {
      refuseMalformed(context, message.decoderResult().cause());
    } else {
      if (message instanceof HttpRequest head) {
        begin(context, head);
      }
      if (message instanceof HttpContent content && assembly != null) {
        take(context, assembly, content);
      }
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest head) {
    RequestAssembly begun = new RequestAssembly(head, serving.config().bodyLimit());
    if (begun.announcesTooMuch()) {
      refuseTooLarge(context, begun);
      return;
    }
    if (begun.expectsContinue()) {
      Outbound.send(
          context,
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
    assembly = begun;
  }

  private void take(ChannelHandlerContext context, RequestAssembly taking, HttpContent content) {
    if (!taking.add(content.content())) {
      refuseTooLarge(context, taking);
    } else if (content instanceof LastHttpContent) {
      complete(context, taking);
    }
  }

  private void complete(ChannelHandlerContext context, RequestAssembly complete) {
    forgetAssembly();
    Request request;
    try {
      request = complete.finish(Connection.of(context.channel()).peer(), multiplexed);
    } catch (IllegalArgumentException e) {
      refuseAndClose(
          context,
          complete.headers(),
          HttpResponseStatus.BAD_REQUEST,
          String.valueOf(e.getMessage()));
      return;
    }
    boolean keepsAlive = complete.keepsAlive();
    enqueue(context, () -> start(context, request, keepsAlive));
  }

  private void forgetAssembly() {
    assembly = null;
    if (timeout != null) {
      timeout.cancel(false);
      timeout = null;
    }
  }

  private void enqueue(ChannelHandlerContext context, Runnable turn) {
    turns.add(turn);
    if (turns.size() >= HttpLimits.PIPELINED_REQUESTS) {
      context.channel().config().setAutoRead(false);
    }
    startNext(context);
  }

  private void startNext(ChannelHandlerContext context) {
    if (active == null && !turns.isEmpty()) {
      context.channel().config().setAutoRead(true);
      turns.remove().run();
    }
  }

  private void start(ChannelHandlerContext context, Request request, boolean keepsAlive) {
    NettyExchange exchange = new NettyExchange(serving, context, request, this, keepsAlive);
    active = exchange;
    exchange.start();
  }

  /** The exchange has been answered in full, and the next may start. */
  void finished(ChannelHandlerContext context, boolean keepsAlive) {
    active = null;
    if (multiplexed) {
      return;
    }
    if (keepsAlive) {
      startNext(context);
    } else {
      Outbound.close(context);
    }
  }

  private void refuseTooLarge(ChannelHandlerContext context, RequestAssembly request) {
    int limit = serving.config().bodyLimit();
    refuse(context, serving.failures().tooLarge(request.headers(), limit));
  }

  private void refuseMalformed(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      refuseAndClose(
          context,
          Headers.EMPTY,
          HttpResponseStatus.REQUEST_URI_TOO_LONG,
          "the request line is too long");
    } else if (cause instanceof TooLongHttpHeaderException) {
      refuseAndClose(
          context,
          Headers.EMPTY,
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
          "the headers are larger than " + HttpLimits.HEADER_BYTES + " bytes");
    } else {
      refuseAndClose(
          context, Headers.EMPTY, HttpResponseStatus.BAD_REQUEST, "malformed HTTP request");
    }
  }

  private void refuseAndClose(
      ChannelHandlerContext context, Headers asked, HttpResponseStatus status, String message) {
    refuse(context, serving.failures().answer(asked, status.code(), message));
    enqueue(context, () -> closeAfterWrites(context));
  }

  private void refuse(ChannelHandlerContext context, Response response) {
    forgetAssembly();
    refused = true;
    FullHttpResponse answer = Messages.whole(response, false);
    if (!multiplexed) {
      answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    enqueue(context, () -> Outbound.send(context, answer));
  }

  private static void closeAfterWrites(ChannelHandlerContext context) {
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void discard(ChannelHandlerContext context, HttpObject message) {
    if (message instanceof HttpContent content) {
      discarded += content.content().readableBytes();
    }
    if (message instanceof LastHttpContent || discarded > HttpLimits.DISCARDED_BYTES) {
      enqueue(context, () -> closeAfterWrites(context));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if ((assembly != null || refused) && timeout == null) {
      timeout =
          context
              .executor()
              .schedule(
                  () -> timedOut(context),
                  serving.config().requestTimeout().toNanos(),
                  TimeUnit.NANOSECONDS);
    }
    context.fireChannelReadComplete();
  }

  private void timedOut(ChannelHandlerContext context) {
    if (refused) {
      Outbound.close(context);
    } else {
      refuseAndClose(
          context,
          assembly == null ? Headers.EMPTY : assembly.headers(),
          HttpResponseStatus.REQUEST_TIMEOUT,
          "the request did not arrive in time");
    }
  }

  /** What the client still sends after an upgrade is not ours; see {@link Upgrade}. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    forgetAssembly();
    turns.clear();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    forgetAssembly();
    turns.clear();
    if (active != null) {
      active.gone();
    }
    super.channelInactive(context);
  }

  /** Whatever goes wrong on a connection ends it; the exchange under way learns by its closing. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }
}

package io.kuber.ingress;

import io.kuber.http.Outbound;
import io.kuber.ingress.route.Destination;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a client, one after the other: those of a connection of HTTP/1.1, or the only one
 * of a stream of HTTP/2. Reads one message at a time and asks for the next when it can go
 * somewhere. Belongs to the event loop.
 */
final class Front extends ChannelInboundHandlerAdapter {
  private final Gate gate;
  private final Heads.Client client;
  private final boolean multiplexed;
  private @Nullable Forwarding current;

  /** The message behind the current request; while it is here, no further one is read. */
  private @Nullable Object ahead;

  /** Whether a message has been asked for that is not here yet. */
  private boolean asks;

  private boolean closing;
  private @Nullable Future<?> deadline;

  Front(Gate gate, Heads.Client client, boolean multiplexed) {
    this.gate = gate;
    this.client = client;
    this.multiplexed = multiplexed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (context.channel().isActive()) {
      await(context);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    await(context);
  }

  /** Reads the next head, and closes where none comes in time. */
  private void await(ChannelHandlerContext context) {
    if (deadline == null) {
      closeIn(context, gate.headTimeout());
      ask(context);
    }
  }

  /** Reads the next message. */
  void ask(ChannelHandlerContext context) {
    asks = true;
    context.read();
  }

  /** A read that brought no whole message is over, and has to be followed by another one. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (asks) {
      context.read();
    }
    context.fireChannelReadComplete();
  }

  private void closeIn(ChannelHandlerContext context, Duration patience) {
    deadline =
        context
            .executor()
            .schedule(() -> Outbound.close(context), patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void arrived() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    asks = false;
    if (closing) {
      ReferenceCountUtil.release(message);
      ask(context);
    } else if (current == null) {
      begin(context, message);
    } else if (message instanceof HttpContent content && current.takesBody()) {
      current.body(content);
    } else {
      ahead = message;
    }
  }

  private void begin(ChannelHandlerContext context, Object message) {
    arrived();
    if (!(message instanceof HttpRequest head)) {
      ReferenceCountUtil.release(message);
      Outbound.close(context);
      return;
    }
    if (head.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      refuse(
          context, head, Words.malformed(head.decoderResult().cause()), "malformed HTTP request");
      return;
    }
    try {
      RequestCheck check = RequestCheck.of(head);
      lead(context, head, check, gate.routes().find(check.host(), check.path()));
    } catch (RequestCheck.Refused e) {
      ReferenceCountUtil.release(message);
      refuse(context, head, HttpResponseStatus.BAD_REQUEST, "bad request: " + e.getMessage());
    }
  }

  private void lead(
      ChannelHandlerContext context,
      HttpRequest head,
      RequestCheck check,
      Optional<Destination> found) {
    if (found.isEmpty()) {
      ReferenceCountUtil.release(head);
      refuse(context, head, HttpResponseStatus.NOT_FOUND, "no Ingress leads here");
    } else if (found.get().redirects() && !client.isSecure()) {
      ReferenceCountUtil.release(head);
      answer(context, head, Words.redirect(check, gate.securePort()));
    } else {
      if (HttpUtil.is100ContinueExpected(head)) {
        Outbound.send(context, Words.goOn());
      }
      current = new Forwarding(this, context, gate, client, head, check, found.get());
      current.start();
    }
  }

  /** Answers in the ingress' own words and reads no further on this connection. */
  void refuse(
      ChannelHandlerContext context, HttpRequest head, HttpResponseStatus status, String message) {
    answer(context, head, Words.text(status, message));
  }

  private void answer(ChannelHandlerContext context, HttpRequest head, FullHttpResponse response) {
    current = null;
    closing = true;
    if (!multiplexed) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    gate.log().refused(client, head, response.status().code());
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  boolean isMultiplexed() {
    return multiplexed;
  }

  /** The current request is over; the client may send the next one, unless it is told to close. */
  void finished(ChannelHandlerContext context, boolean keepsAlive) {
    current = null;
    if (!keepsAlive) {
      closing = true;
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else if (!multiplexed) {
      Object next = ahead;
      ahead = null;
      if (next == null) {
        // The read that looks for the client's end is still under way.
        closeIn(context, IngressLimits.NEXT_HEAD);
      } else {
        begin(context, next);
      }
    }
  }

  /** The current request has become a tunnel; nothing here is ours any more. */
  void leave() {
    current = null;
    arrived();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (current != null) {
      current.clientWritable(context.channel().isWritable());
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    arrived();
    ReferenceCountUtil.release(ahead);
    ahead = null;
    if (current != null) {
      current.clientGone();
      current = null;
    }
    context.fireChannelInactive();
  }

  /** Whatever goes wrong on a connection ends it. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }
}

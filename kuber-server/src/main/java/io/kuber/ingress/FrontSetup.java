package io.kuber.ingress;

import io.kuber.http.Outbound;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Sets up a client's connection: TLS where it is spoken, then the version of HTTP agreed on. */
@Sharable
final class FrontSetup extends ChannelInitializer<Channel> {
  private final Gate gate;
  private final boolean secure;

  FrontSetup(Gate gate, boolean secure) {
    this.gate = gate;
    this.secure = secure;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!gate.admit()) {
      Outbound.close(channel);
      return;
    }
    channel.closeFuture().addListener(closed -> gate.leave());
    if (!secure) {
      speakHttp1(channel.pipeline());
      return;
    }
    channel
        .pipeline()
        .addLast(
            new SniHandler(
                (String host) -> gate.certificates().of(host), 0, gate.headTimeout().toMillis()));
    channel.pipeline().addLast(new Negotiation());
  }

  private Heads.Client clientOf(Channel connection) {
    InetSocketAddress from = (InetSocketAddress) connection.remoteAddress();
    InetSocketAddress at = (InetSocketAddress) connection.localAddress();
    return new Heads.Client(from.getAddress().getHostAddress(), at.getPort(), secure);
  }

  private void speakHttp1(ChannelPipeline pipeline) {
    pipeline.channel().config().setAutoRead(false);
    pipeline.addLast(
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(IngressLimits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(IngressLimits.HEADER_BYTES)));
    pipeline.addLast(new FlowControlHandler());
    pipeline.addLast(new Front(gate, clientOf(pipeline.channel()), false));
  }

  private void speakHttp2(ChannelPipeline pipeline) {
    Heads.Client client = clientOf(pipeline.channel());
    pipeline.addLast(
        Http2FrameCodecBuilder.forServer()
            .initialSettings(
                Http2Settings.defaultSettings()
                    .maxConcurrentStreams(IngressLimits.STREAMS_PER_CONNECTION)
                    .maxHeaderListSize(IngressLimits.HEADER_BYTES)
                    .initialWindowSize(IngressLimits.STREAM_WINDOW_BYTES))
            .decoderEnforceMaxRstFramesPerWindow(
                IngressLimits.RESETS_PER_WINDOW, (int) IngressLimits.RESET_WINDOW.toSeconds())
            .gracefulShutdownTimeoutMillis(IngressLimits.CLOSE_GRACE.toMillis())
            .build());
    pipeline.addLast(
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                stream.config().setAutoRead(false);
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                stream.pipeline().addLast(new FlowControlHandler());
                stream.pipeline().addLast(new Front(gate, client, true));
              }
            }));
    pipeline.addLast(
        new IdleStateHandler(0, 0, IngressLimits.STILL.toSeconds(), TimeUnit.SECONDS),
        new IdleEnd());
  }

  /** Goes on as client and server have agreed within TLS (ALPN). */
  private final class Negotiation extends ApplicationProtocolNegotiationHandler {
    Negotiation() {
      super(ApplicationProtocolNames.HTTP_1_1);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        speakHttp2(context.pipeline());
      } else {
        speakHttp1(context.pipeline());
      }
    }

    /** A client that does not trust our certificate, or speaks no TLS: nothing to report. */
    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
      Outbound.close(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Outbound.close(context);
    }
  }

  /** Ends a connection of HTTP/2 on which nothing passes any more. */
  private static final class IdleEnd extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof IdleStateEvent) {
        Outbound.close(context);
      } else {
        context.fireUserEventTriggered(event);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Outbound.close(context);
    }
  }
}

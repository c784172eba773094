package io.kuber.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a connection: TLS if configured, then the version of HTTP that client and we agree on.
 */
@Sharable
final class ConnectionInitializer extends ChannelInitializer<Channel> {
  private final Serving serving;

  /** Of connections from now on; replaced when the certificate is. */
  private volatile @Nullable Tls tls;

  ConnectionInitializer(Serving serving) {
    this.serving = serving;
    this.tls = serving.config().tls().map(Tls::new).orElse(null);
  }

  /** Shows another certificate to those who connect from now on. */
  void show(TlsConfig config) {
    tls = new Tls(config);
  }

  @Override
  protected void initChannel(Channel channel) {
    Connection connection = new Connection(channel);
    Tls current = tls;
    if (!serving.connections().admit(connection)) {
      Outbound.close(channel);
    } else if (current == null) {
      speakHttp1(channel.pipeline());
    } else {
      channel.pipeline().addLast(new SingleHandshake());
      channel.pipeline().addLast(current.handler(channel.alloc()));
      channel.pipeline().addLast(new VersionChoice(this, connection, current));
    }
  }

  /** Adds what speaks HTTP/1.1. */
  void speakHttp1(ChannelPipeline pipeline) {
    pipeline.addLast(
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(HttpLimits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(HttpLimits.HEADER_BYTES),
            HttpLimits.REQUESTS_PER_READ));
    pipeline.addLast(new RequestReader(serving, false));
  }

  /** Adds what speaks HTTP/2: each stream becomes a channel that speaks as HTTP/1.1 does. */
  void speakHttp2(ChannelPipeline pipeline) {
    Http2Settings settings =
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(HttpLimits.STREAMS_PER_CONNECTION)
            .maxHeaderListSize(HttpLimits.HEADER_BYTES)
            .initialWindowSize(HttpLimits.STREAM_WINDOW_BYTES);
    pipeline.addLast(
        Http2FrameCodecBuilder.forServer()
            .initialSettings(settings)
            .decoderEnforceMaxRstFramesPerWindow(
                HttpLimits.RESETS_PER_WINDOW, (int) HttpLimits.RESET_WINDOW.toSeconds())
            .gracefulShutdownTimeoutMillis(HttpLimits.CLOSE_GRACE.toMillis())
            .build());
    pipeline.addLast(
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                stream.pipeline().addLast(new RequestReader(serving, true));
              }
            }));
    pipeline.addLast(new ConnectionEnd());
  }
}

package io.kuber.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;

/** Goes on with the version of HTTP that the TLS handshake ended in. */
final class VersionChoice extends ApplicationProtocolNegotiationHandler {
  private final ConnectionInitializer initializer;
  private final Connection connection;
  private final Tls tls;

  VersionChoice(ConnectionInitializer initializer, Connection connection, Tls tls) {
    super(ApplicationProtocolNames.HTTP_1_1);
    this.initializer = initializer;
    this.connection = connection;
    this.tls = tls;
  }

  @Override
  protected void configurePipeline(ChannelHandlerContext context, String version) {
    SslHandler ssl = context.pipeline().get(SslHandler.class);
    connection.identify(tls.peers(connection.address(), ssl.engine().getSession()));
    if (version.equals(ApplicationProtocolNames.HTTP_2)) {
      initializer.speakHttp2(context.pipeline());
    } else {
      initializer.speakHttp1(context.pipeline());
    }
  }

  /** Port scanners and clients that do not trust us are no news. */
  @Override
  protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }
}

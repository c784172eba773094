package io.kuber.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** TLS of one server, with the JDK's engine. */
final class Tls {
  private final SslContext context;
  private final ClientTrust trust;

  Tls(TlsConfig config) {
    trust = new ClientTrust(config.clientAuthorities(), config.proxyAuthorities(), config.clock());
    try {
      context =
          SslContextBuilder.forServer(config.key(), config.chain())
              .sslProvider(SslProvider.JDK)
              .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      Protocol.ALPN,
                      SelectorFailureBehavior.NO_ADVERTISE,
                      SelectedListenerFailureBehavior.ACCEPT,
                      ApplicationProtocolNames.HTTP_2,
                      ApplicationProtocolNames.HTTP_1_1))
              .clientAuth(
                  config.clientAuthorities().isEmpty() && config.proxyAuthorities().isEmpty()
                      ? ClientAuth.NONE
                      : ClientAuth.OPTIONAL)
              .trustManager(trust.takingAll())
              .build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("the server's key and certificate do not fit TLS", e);
    }
  }

  /** The handler of one connection. */
  SslHandler handler(ByteBufAllocator allocator) {
    return context.newHandler(allocator);
  }

  /** Who came out of a handshake, to be asked anew for each request. */
  Supplier<Peer> peers(InetSocketAddress address, SSLSession session) {
    return trust.peers(address, chainOf(session));
  }

  private static List<X509Certificate> chainOf(SSLSession session) {
    try {
      return Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException withoutCertificate) {
      return List.of();
    }
  }
}

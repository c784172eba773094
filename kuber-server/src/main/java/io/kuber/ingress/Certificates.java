package io.kuber.ingress;

import com.google.common.collect.ImmutableMap;
import io.kuber.http.TlsConfig;
import io.kuber.ingress.route.RouteTable;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Which certificate a client sees, by the host that it names in its hello (SNI). Immutable. */
final class Certificates {
  private final RouteTable routes;
  private final Map<String, TlsConfig> known;
  private final Map<TlsConfig, SslContext> contexts;
  private final SslContext fallback;

  private Certificates(
      RouteTable routes,
      Map<String, TlsConfig> known,
      Map<TlsConfig, SslContext> contexts,
      SslContext fallback) {
    this.routes = routes;
    this.known = known;
    this.contexts = contexts;
    this.fallback = fallback;
  }

  /** Those of a server that shows one to everybody. */
  static Certificates of(TlsConfig fallback) {
    return new Certificates(RouteTable.EMPTY, Map.of(), Map.of(), context(fallback));
  }

  /**
   * Those of other routes; a certificate that stays keeps its sessions.
   *
   * @param bySecret what Secrets hold, by {@code namespace/name}
   */
  Certificates with(RouteTable otherRoutes, Map<String, TlsConfig> bySecret) {
    ImmutableMap.Builder<TlsConfig, SslContext> made = ImmutableMap.builder();
    bySecret.values().stream()
        .distinct()
        .forEach(
            each -> {
              SslContext old = contexts.get(each);
              made.put(each, old == null ? context(each) : old);
            });
    return new Certificates(
        otherRoutes, ImmutableMap.copyOf(bySecret), made.buildOrThrow(), fallback);
  }

  /** The certificate for a host, or for clients that name none. */
  SslContext of(@Nullable String host) {
    SslContext found =
        routes
            .secretOf(host == null ? "" : host.toLowerCase(Locale.ROOT))
            .map(known::get)
            .map(contexts::get)
            .orElse(null);
    return found == null ? fallback : found;
  }

  /**
   * The context of a certificate.
   *
   * @throws IllegalArgumentException when key and certificate do not fit TLS
   */
  static SslContext context(TlsConfig config) {
    try {
      return SslContextBuilder.forServer(config.key(), config.chain())
          .sslProvider(SslProvider.JDK)
          .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_2,
                  ApplicationProtocolNames.HTTP_1_1))
          .build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("key and certificate do not fit TLS", e);
    }
  }
}

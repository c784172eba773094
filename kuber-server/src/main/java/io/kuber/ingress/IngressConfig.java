package io.kuber.ingress;

import io.kuber.http.TlsConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where an ingress listens.
 *
 * @param plain where clients come without TLS; port 0 picks a free one
 * @param secure where they come with TLS; port 0 picks a free one
 * @param fallback shown to clients that ask for a host without a certificate of its own
 * @param headTimeout from a connection's beginning to the end of its first request's headers
 * @param ids makes the names of requests that have none
 * @param access takes a line for each request, from any thread, and must not wait
 */
public record IngressConfig(
    InetSocketAddress plain,
    InetSocketAddress secure,
    TlsConfig fallback,
    Duration headTimeout,
    Supplier<String> ids,
    Consumer<String> access) {
  /** One that listens on all addresses at those ports. */
  public static IngressConfig at(
      int plain, int secure, TlsConfig fallback, Supplier<String> ids, Consumer<String> access) {
    return new IngressConfig(
        new InetSocketAddress(plain),
        new InetSocketAddress(secure),
        fallback,
        IngressLimits.FIRST_HEAD,
        ids,
        access);
  }
}

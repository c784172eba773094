package io.kuber.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What a server listens on and how it treats requests.
 *
 * @param address where to listen; port 0 picks a free one
 * @param tls without it the server speaks plain HTTP/1.1
 * @param errors the form of the server's own errors
 * @param bodyLimit the largest body of a request, in bytes; a larger one is answered 413
 * @param requestTimeout from the first byte of a request's body to its last
 * @param connections at the same time, half of them from one address
 */
public record HttpServerConfig(
    InetSocketAddress address,
    Optional<TlsConfig> tls,
    ErrorShape errors,
    int bodyLimit,
    Duration requestTimeout,
    int connections) {
  /** Plain HTTP on the loopback address. */
  public static HttpServerConfig plain(int port) {
    return new HttpServerConfig(
        new InetSocketAddress("127.0.0.1", port),
        Optional.empty(),
        ErrorShape.TEXT,
        HttpLimits.BODY_BYTES,
        HttpLimits.REQUEST_TIMEOUT,
        HttpLimits.CONNECTIONS);
  }

  /** HTTPS on the given address. */
  public static HttpServerConfig https(InetSocketAddress address, TlsConfig tls) {
    return new HttpServerConfig(
        address,
        Optional.of(tls),
        ErrorShape.TEXT,
        HttpLimits.BODY_BYTES,
        HttpLimits.REQUEST_TIMEOUT,
        HttpLimits.CONNECTIONS);
  }

  /** The same with errors of another form. */
  public HttpServerConfig withErrors(ErrorShape otherErrors) {
    return new HttpServerConfig(address, tls, otherErrors, bodyLimit, requestTimeout, connections);
  }

  /** The same with another limit for bodies. */
  public HttpServerConfig withBodyLimit(int otherLimit) {
    return new HttpServerConfig(address, tls, errors, otherLimit, requestTimeout, connections);
  }

  /** The same with another limit for the time that a request may take to arrive. */
  public HttpServerConfig withRequestTimeout(Duration otherTimeout) {
    return new HttpServerConfig(address, tls, errors, bodyLimit, otherTimeout, connections);
  }

  /** The same with another limit for connections at the same time. */
  public HttpServerConfig withConnections(int otherLimit) {
    return new HttpServerConfig(address, tls, errors, bodyLimit, requestTimeout, otherLimit);
  }
}

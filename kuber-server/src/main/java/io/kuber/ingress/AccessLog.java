package io.kuber.ingress;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who asked for what: one line per request at level INFO of the logger {@code
 * io.kuber.ingress.AccessLog}. Whatever a client wrote is shown without line ends.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  /** A request that a pod answered, or should have. */
  void served(
      Heads.Client client,
      HttpRequest head,
      int status,
      long bytes,
      Duration duration,
      String backend,
      String place) {
    LOG.info(
        "{} \"{}\" {} {} bytes {} ms {} {}",
        client.address(),
        line(head),
        status,
        bytes,
        duration.toMillis(),
        backend,
        place);
  }

  /** A request that the ingress answered by itself. */
  void refused(Heads.Client client, HttpRequest head, int status) {
    LOG.info("{} \"{}\" {}", client.address(), line(head), status);
  }

  private static String line(HttpRequest head) {
    String host = head.headers().get(HttpHeaderNames.HOST, "");
    String line = head.method() + " " + host + head.uri() + " " + head.protocolVersion();
    return line.replaceAll("[\\x00-\\x1f\\x7f\"]", "?");
  }
}

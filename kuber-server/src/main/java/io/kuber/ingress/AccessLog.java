package io.kuber.ingress;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who asked for what: one line per request at level INFO of the logger {@code
 * io.kuber.ingress.AccessLog}, and to whoever else keeps them. Whatever a client wrote is shown
 * without line ends.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  private final Consumer<String> keeper;

  AccessLog(Consumer<String> keeper) {
    this.keeper = keeper;
  }

  /** A request that a pod answered, or should have. */
  void served(
      Heads.Client client,
      HttpRequest head,
      int status,
      long bytes,
      Duration duration,
      String backend,
      String place) {
    say(
        start(client, head, status)
            + (" " + bytes + " bytes " + duration.toMillis() + " ms " + backend + " " + place));
  }

  /** A request that the ingress answered by itself. */
  void refused(Heads.Client client, HttpRequest head, int status) {
    say(start(client, head, status));
  }

  private void say(String line) {
    LOG.info("{}", line);
    keeper.accept(line);
  }

  private static String start(Heads.Client client, HttpRequest head, int status) {
    return client.address() + " \"" + line(head) + "\" " + status;
  }

  private static String line(HttpRequest head) {
    String host = head.headers().get(HttpHeaderNames.HOST, "");
    String line = head.method() + " " + host + head.uri() + " " + head.protocolVersion();
    return line.replaceAll("[\\x00-\\x1f\\x7f\"]", "?");
  }
}

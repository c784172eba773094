package io.kuber.server.webhook;

import io.kuber.resource.custom.ConversionException;
import io.kuber.resource.custom.WebhookTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Where a request goes.
 *
 * @param url all of it, for people
 * @param host the name that the certificate has to have
 * @param target path and query
 */
record Address(String url, String host, int port, String target) {
  private static final int HTTPS = 443;

  /** The limit is named in the address, as client-go does, for servers that care. */
  static Address of(WebhookTarget target, Duration timeout) {
    String base =
        target.url().isEmpty()
            ? "https://%s.%s.svc:%d%s"
                .formatted(target.service(), target.namespace(), target.port(), target.path())
            : target.url();
    String url = base + "?timeout=" + timeout.toSeconds() + "s";
    try {
      URI uri = new URI(url);
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      return new Address(
          url,
          String.valueOf(uri.getHost()),
          uri.getPort() < 0 ? HTTPS : uri.getPort(),
          path + "?" + uri.getRawQuery());
    } catch (URISyntaxException malformed) {
      throw new ConversionException("parse \"" + url + "\": " + malformed.getReason());
    }
  }

  String authority() {
    return port == HTTPS ? host : host + ":" + port;
  }
}

package io.kuber.node.probe;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a request over HTTP goes.
 *
 * @param path with its query, as it is sent
 */
record HttpPlace(boolean secure, String host, int port, String path) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  String authority() {
    return Connection.authority(host, port);
  }

  /** As people write it. */
  String url() {
    return (secure ? "https" : "http") + "://" + authority() + path;
  }

  /**
   * The place that a redirect leads to.
   *
   * @throws IOException when it leads nowhere
   */
  HttpPlace at(String location) throws IOException {
    try {
      String asked = path.replaceFirst("\\?.*$", "");
      URI base = new URI(secure ? "https" : "http", null, host, port, asked, null, null);
      URI next = base.resolve(new URI(location));
      boolean isSecure = "https".equalsIgnoreCase(next.getScheme());
      if (next.getHost() == null || !isSecure && !"http".equalsIgnoreCase(next.getScheme())) {
        throw new IOException("unsupported protocol scheme in Location \"" + location + "\"");
      }
      int usual = isSecure ? HTTPS : HTTP;
      String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
      return new HttpPlace(
          isSecure,
          next.getHost().replaceAll("[\\[\\]]", ""),
          next.getPort() < 0 ? usual : next.getPort(),
          (next.getRawPath().isEmpty() ? "/" : next.getRawPath()) + query);
    } catch (URISyntaxException e) {
      throw new IOException("failed to parse Location header \"" + location + "\"", e);
    }
  }
}

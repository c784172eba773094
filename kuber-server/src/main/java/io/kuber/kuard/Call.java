package io.kuber.kuard;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One request as the features see it.
 *
 * @param path the decoded path behind {@code base}
 * @param base the prefix asked under: empty, {@code /a}, {@code /b} or {@code /c}; links keep it
 * @param names the values that the route's {@code :name} segments and {@code *} rest matched
 */
record Call(
    String method,
    URI uri,
    String base,
    String path,
    Map<String, String> names,
    Headers headers,
    String protocol,
    String client,
    InputStream body) {

  /** Bytes of a request body that are read; a longer one is refused. */
  static final int MAX_BODY = 1 << 20;

  Call named(Map<String, String> matched) {
    return new Call(method, uri, base, path, matched, headers, protocol, client, body);
  }

  String name(String key) {
    return names.getOrDefault(key, "");
  }

  /** Browsers say that they take HTML; {@code curl} does not and gets JSON. */
  boolean wantsHtml() {
    String accept = headers.getFirst("Accept");
    return accept != null && accept.contains("text/html");
  }

  Optional<String> query(String key) {
    String query = uri.getRawQuery();
    if (query == null) {
      return Optional.empty();
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (key.equals(decode(equals < 0 ? pair : pair.substring(0, equals)))) {
        return Optional.of(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return Optional.empty();
  }

  String text() throws IOException {
    byte[] bytes = body.readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw new Refusal(413, "the body is longer than " + MAX_BODY + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The body as a JSON object; anything else is a bad request. */
  Fields fields() throws IOException {
    if (JsonReader.read(text()) instanceof Map<?, ?> object) {
      return new Fields(object);
    }
    throw Refusal.badRequest("the body must be a JSON object");
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("bad escape in the query: " + text);
    }
  }
}

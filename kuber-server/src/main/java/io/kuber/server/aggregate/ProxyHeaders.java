package io.kuber.server.aggregate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Headers;
import io.kuber.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The headers of a request as another server gets them: on whose behalf it comes, and no credential
 * of the client (client-go, transport/round_trippers.go). Pure.
 */
final class ProxyHeaders {
  private static final String USER = "X-Remote-User";
  private static final String UID = "X-Remote-Uid";
  private static final String GROUP = "X-Remote-Group";
  private static final String EXTRA = "X-Remote-Extra-";
  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
  private static final String TOKEN = "base64url.bearer.authorization.k8s.io.";

  /** What a header's name may be made of (RFC 9110, section 5.6.2), but the percent sign. */
  private static final String NAME_CHARACTERS = "!#$&'*+-.^_`|~";

  private ProxyHeaders() {}

  /**
   * The headers of {@code request} on behalf of {@code user}.
   *
   * @throws ApiException when the user cannot be told in headers
   */
  static Headers of(Request request, User user, String host) {
    List<String> pairs = new ArrayList<>(List.of("Host", host));
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!isOurs(name.toLowerCase(Locale.ROOT))) {
                add(pairs, name, value);
              }
            });
    String protocols =
        String.join(
            ", ",
            request.headers().elements(PROTOCOLS).stream()
                .filter(protocol -> !protocol.startsWith(TOKEN))
                .toList());
    if (!protocols.isEmpty()) {
      add(pairs, PROTOCOLS, protocols);
    }
    add(pairs, "X-Forwarded-For", address(request));
    add(pairs, "X-Forwarded-Host", request.headers().first("Host").orElse(""));
    add(pairs, "X-Forwarded-Proto", request.peer().isSecure() ? "https" : "http");
    identity(pairs, user);
    return Headers.of(pairs.toArray(new String[0]));
  }

  /** The headers of a request of this server's own. */
  static Headers of(User user, String host) {
    List<String> pairs = new ArrayList<>(List.of("Host", host, "Accept", "application/json"));
    identity(pairs, user);
    return Headers.of(pairs.toArray(new String[0]));
  }

  private static void identity(List<String> pairs, User user) {
    add(pairs, USER, told(user.name()));
    if (!user.uid().isEmpty()) {
      add(pairs, UID, told(user.uid()));
    }
    user.groups().forEach(group -> add(pairs, GROUP, told(group)));
    user.extra()
        .forEach(
            (key, values) ->
                values.forEach(value -> add(pairs, EXTRA + escaped(key), told(value))));
  }

  private static void add(List<String> pairs, String name, String value) {
    pairs.add(name);
    pairs.add(value);
  }

  private static String address(Request request) {
    return String.valueOf(request.peer().address().getHostString());
  }

  private static boolean isOurs(String name) {
    return name.equals("host")
        || name.equals("authorization")
        || name.equals("expect")
        || name.equals("sec-websocket-protocol")
        || name.startsWith("x-remote-")
        || name.startsWith("impersonate-")
        || name.startsWith("x-forwarded-");
  }

  /** As bytes of UTF-8; whatever would read differently on the other side is refused. */
  private static String told(String value) {
    boolean changes = !value.equals(value.strip());
    boolean breaks = value.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    if (changes || breaks) {
      throw new ApiException(
          StatusReason.FORBIDDEN,
          "the name, a group or an extra of the user cannot be told to another server in a header");
    }
    return new String(value.getBytes(UTF_8), ISO_8859_1);
  }

  /** Bytes that no name of a header may have are escaped with percent signs. */
  static String escaped(String key) {
    StringBuilder name = new StringBuilder();
    for (byte each : key.getBytes(UTF_8)) {
      char character = (char) (each & 0xff);
      boolean plain =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9')
              || NAME_CHARACTERS.indexOf(character) >= 0;
      if (plain) {
        name.append(character);
      } else {
        name.append(String.format(Locale.ROOT, "%%%02X", (int) character));
      }
    }
    return name.toString();
  }
}

package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.global;
import static io.kuber.cel.library.Overload.member;

import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Opaque;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** URLs (apiserver, pkg/cel/library/urls.go): absolute ones, and absolute paths. */
final class UrlLibrary {
  private static final String TYPE = "kubernetes.URL";

  private UrlLibrary() {}

  /** A URL. */
  private record Url(URI uri) implements Opaque {
    @Override
    public String typeName() {
      return TYPE;
    }
  }

  static List<Overload> overloads() {
    return List.of(
        global(
            "url",
            "string_to_url",
            "string -> kubernetes.URL",
            (args, m) -> parse((String) args[0])),
        global("isURL", "is_url_string", "string -> bool", (args, m) -> isUrl((String) args[0])),
        member(
            "getScheme",
            "url_get_scheme",
            "kubernetes.URL -> string",
            (args, m) -> known(uri(args).getScheme())),
        member("getHost", "url_get_host", "kubernetes.URL -> string", (args, m) -> host(uri(args))),
        member(
            "getHostname",
            "url_get_hostname",
            "kubernetes.URL -> string",
            (args, m) -> hostname(uri(args))),
        member("getPort", "url_get_port", "kubernetes.URL -> string", (args, m) -> port(uri(args))),
        member(
            "getEscapedPath",
            "url_get_escaped_path",
            "kubernetes.URL -> string",
            (args, m) -> known(uri(args).getRawPath())),
        member(
            "getQuery",
            "url_get_query",
            "kubernetes.URL -> map(string, list(string))",
            (args, m) -> query(uri(args))));
  }

  /** Whether a text is a URL that {@code url()} takes. */
  static boolean isUrl(String text) {
    try {
      parse(text);
      return true;
    } catch (CelFailure notOne) {
      return false;
    }
  }

  private static Url parse(String text) {
    try {
      URI uri = new URI(text);
      boolean isPath = uri.getScheme() == null && text.startsWith("/");
      if (isPath || uri.getScheme() != null) {
        return new Url(uri);
      }
    } catch (URISyntaxException wrong) {
      throw new CelFailure(
          "URL parse error during conversion from string: parse \""
              + text
              + "\": "
              + wrong.getReason());
    }
    throw new CelFailure(
        "URL parse error during conversion from string: parse \""
            + text
            + "\": invalid URI for request");
  }

  private static URI uri(Object[] args) {
    return ((Url) args[0]).uri();
  }

  private static String known(String part) {
    return Objects.requireNonNullElse(part, "");
  }

  private static String host(URI uri) {
    String authority = known(uri.getRawAuthority());
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static String hostname(URI uri) {
    String host = host(uri);
    if (host.startsWith("[")) {
      return host.substring(1, Math.max(1, host.indexOf(']')));
    }
    int colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  private static String port(URI uri) {
    String host = host(uri);
    int colon = host.lastIndexOf(':');
    return colon < 0 || colon < host.indexOf(']') ? "" : host.substring(colon + 1);
  }

  private static Map<Object, Object> query(URI uri) {
    Map<Object, List<Object>> query = new LinkedHashMap<>();
    for (String part : known(uri.getRawQuery()).split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        query.computeIfAbsent(decoded(name), any -> new ArrayList<>()).add(decoded(value));
      }
    }
    return new LinkedHashMap<>(query);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}

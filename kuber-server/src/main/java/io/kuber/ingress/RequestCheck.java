package io.kuber.ingress;

import com.google.common.io.Files;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and path of a request that is sound.
 *
 * @param host in small letters, without a port
 * @param path decoded and without dots, for rules; the pod gets the one of {@code target}
 * @param target path and query as the client sent them
 */
record RequestCheck(String host, String path, String target) {
  /** A name, or an address, which may be in brackets; and a port. */
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{0,5})?");

  /** A request that no two servers would read alike, or none that is for us. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * Looks at the head of a request; what the decoder refuses has not come this far.
   *
   * @throws Refused when it has to be answered 400; the message says why
   */
  static RequestCheck of(HttpRequest head) throws Refused {
    checkFraming(head);
    if (head.method().equals(HttpMethod.CONNECT)) {
      throw new Refused("CONNECT is not for an ingress");
    }
    List<String> hosts = head.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1) {
      throw new Refused("more than one Host");
    }
    String target = head.uri();
    String authority = hosts.isEmpty() ? "" : hosts.get(0);
    if (target.regionMatches(true, 0, "http://", 0, 7)
        || target.regionMatches(true, 0, "https://", 0, 8)) {
      int start = target.indexOf("://") + 3;
      int slash = target.indexOf('/', start);
      authority = target.substring(start, slash < 0 ? target.length() : slash);
      target = slash < 0 ? "/" : target.substring(slash);
    } else if (hosts.isEmpty() && head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      throw new Refused("no Host");
    }
    if (!target.startsWith("/") && !target.equals("*")) {
      throw new Refused("the target of the request is no path");
    }
    return new RequestCheck(hostOf(authority), pathOf(target), target);
  }

  /** What may mean two things is refused: see RFC 9112, section 6.1. */
  private static void checkFraming(HttpRequest head) throws Refused {
    List<String> encodings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (encodings.isEmpty()) {
      return;
    }
    if (encodings.size() > 1 || !encodings.get(0).strip().equalsIgnoreCase("chunked")) {
      throw new Refused("a Transfer-Encoding other than chunked");
    }
    if (head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      throw new Refused("a Transfer-Encoding in HTTP/1.0");
    }
  }

  private static String hostOf(String authority) throws Refused {
    Matcher matcher = AUTHORITY.matcher(authority);
    if (!matcher.matches()) {
      throw new Refused("a malformed Host");
    }
    return matcher.group(1).toLowerCase(Locale.ROOT);
  }

  /** Rules are compared with what the path means, so that {@code /a/%2e%2e/b} is {@code /b}. */
  private static String pathOf(String target) throws Refused {
    try {
      String decoded = new QueryStringDecoder(target).path();
      String simple = Files.simplifyPath(decoded);
      return decoded.endsWith("/") && !simple.endsWith("/") ? simple + "/" : simple;
    } catch (IllegalArgumentException malformed) {
      throw new Refused("a malformed path");
    }
  }
}

package io.kuber.server.chain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.access.User;
import io.kuber.http.Escapes;
import io.kuber.http.Headers;
import io.kuber.http.Request;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Users whom a proxy in front of this server has authenticated, and tells in headers; they count
 * with a certificate of the proxies' own authority alone (k8s.io/apiserver,
 * pkg/authentication/request/headerrequest; {@code --requestheader-*}).
 *
 * @param allowedNames common names of the proxies; empty for all whom the authority vouches for
 * @param usernames headers that name the user, the first that is there counts
 * @param groups headers that name groups, all count
 * @param extras beginnings of headers that say more
 * @param uids headers that have the uid, the first that is there counts
 */
public record HeaderUsers(
    List<String> allowedNames,
    List<String> usernames,
    List<String> groups,
    List<String> extras,
    List<String> uids) {
  /** Headers say nothing of users. */
  public static final HeaderUsers NONE =
      new HeaderUsers(List.of(), List.of(), List.of(), List.of(), List.of());

  /** Headers that clients may send, and that nobody behind this server may take for ours. */
  private static final String OURS = "x-remote-";

  /** Copies the lists. */
  public HeaderUsers {
    allowedNames = List.copyOf(allowedNames);
    usernames = List.copyOf(usernames);
    groups = List.copyOf(groups);
    extras = List.copyOf(extras);
    uids = List.copyOf(uids);
  }

  /** The user whom a trusted proxy tells; empty when there is no such proxy, or it tells none. */
  Optional<User> of(Request request) {
    return request.peer().proxy().filter(this::isAllowed).flatMap(proxy -> told(request.headers()));
  }

  private boolean isAllowed(X509Certificate proxy) {
    return allowedNames.isEmpty() || allowedNames.contains(commonName(proxy));
  }

  private static String commonName(X509Certificate certificate) {
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          return part.getValue().toString();
        }
      }
      return "";
    } catch (InvalidNameException nameless) {
      return "";
    }
  }

  private Optional<User> told(Headers headers) {
    String name = first(headers, usernames);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>();
    groups.forEach(header -> headers.all(header).forEach(group -> all.add(text(group))));
    if (!all.contains(User.AUTHENTICATED)) {
      all.add(User.AUTHENTICATED);
    }
    return Optional.of(new User(name, first(headers, uids), all, extra(headers)));
  }

  private static String first(Headers headers, List<String> names) {
    for (String name : names) {
      String value = headers.first(name).orElse("").strip();
      if (!value.isEmpty()) {
        return text(value);
      }
    }
    return "";
  }

  private Map<String, List<String>> extra(Headers headers) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          for (String prefix : extras) {
            if (lower.startsWith(prefix.toLowerCase(Locale.ROOT))) {
              String key = unescaped(lower.substring(prefix.length()));
              extra.computeIfAbsent(key, same -> new ArrayList<>()).add(text(value));
            }
          }
        });
    return extra;
  }

  /** Keys that are no proper escapes stand for themselves. */
  private static String unescaped(String key) {
    try {
      return Escapes.decode(key, false).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException plain) {
      return key;
    }
  }

  /** Headers come as bytes, which are UTF-8. */
  private static String text(String value) {
    return new String(value.getBytes(ISO_8859_1), UTF_8);
  }

  /** Whether a header speaks of a user, here or behind this server. */
  private boolean isIdentity(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(OURS)
        || isAmong(usernames, name)
        || isAmong(groups, name)
        || isAmong(uids, name)
        || extras.stream().anyMatch(prefix -> lower.startsWith(prefix.toLowerCase(Locale.ROOT)));
  }

  private static boolean isAmong(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** The headers without those that speak of users: nobody behind may believe them. */
  Headers stripped(Headers headers) {
    List<String> rest = new ArrayList<>();
    headers.forEach(
        (name, value) -> {
          if (!isIdentity(name)) {
            rest.add(name);
            rest.add(value);
          }
        });
    return Headers.of(rest.toArray(new String[0]));
  }

  /** Whether any header speaks of users. */
  boolean isTold(Headers headers) {
    boolean[] found = {false};
    headers.forEach((name, value) -> found[0] |= isIdentity(name));
    return found[0];
  }
}

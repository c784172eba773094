package io.kuber.server.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import io.kuber.access.User;
import io.kuber.http.Headers;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whom a client wants to act as.
 *
 * @param user empty where no user is named
 * @param groups all that the user shall be in, besides what everybody is in
 * @param uid empty for none
 * @param extra what else shall be known of the user
 */
record Wish(String user, List<String> groups, String uid, Map<String, List<String>> extra) {
  private static final String PREFIX = "impersonate-";
  private static final String EXTRA = PREFIX + "extra-";
  private static final String ACCOUNT = "system:serviceaccount:";

  /** What the headers wish for. */
  static Wish of(Headers headers) {
    Map<String, List<String>> extra = new TreeMap<>();
    headers.forEach(
        (name, value) -> {
          String header = name.toLowerCase(Locale.ROOT);
          if (header.startsWith(EXTRA)) {
            String key = decoded(header.substring(EXTRA.length()));
            extra.computeIfAbsent(key, unused -> new ArrayList<>()).add(value);
          }
        });
    return new Wish(
        headers.first(PREFIX + "user").orElse(""),
        headers.all(PREFIX + "group"),
        headers.first(PREFIX + "uid").orElse(""),
        extra);
  }

  /** Keys are escaped, since headers take less than they do; what is not stays as it is. */
  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException notEscaped) {
      return key;
    }
  }

  boolean isNone() {
    return user.isEmpty() && groups.isEmpty() && uid.isEmpty() && extra.isEmpty();
  }

  /** Namespace and name of the service account that the user is; empty when it is none. */
  List<String> account() {
    List<String> parts =
        user.startsWith(ACCOUNT)
            ? Splitter.on(':').splitToList(user.substring(ACCOUNT.length()))
            : List.of();
    return parts.size() == 2 && parts.stream().noneMatch(String::isEmpty) ? parts : List.of();
  }

  /** The user who is wished for. */
  User fulfilled() {
    List<String> all = new ArrayList<>(groups);
    if (groups.isEmpty() && !account().isEmpty()) {
      all.add(User.SERVICE_ACCOUNTS);
      all.add(User.SERVICE_ACCOUNTS + ":" + account().get(0));
    }
    boolean anonymous = user.equals(User.ANONYMOUS.name());
    if (!all.contains(User.AUTHENTICATED) && !all.contains(User.UNAUTHENTICATED)) {
      all.add(anonymous ? User.UNAUTHENTICATED : User.AUTHENTICATED);
    }
    return new User(user, uid, all, extra);
  }
}

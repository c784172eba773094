package io.kuber.server.login;

import io.kuber.access.User;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user is made of.
 *
 * @param username never empty
 * @param groups besides that of all who are known
 * @param extra by key
 */
record ClaimMapping(
    ClaimSource username, ClaimSource groups, ClaimSource uid, Map<String, ClaimExpression> extra) {
  /** Copies the map. */
  ClaimMapping {
    extra = Map.copyOf(extra);
  }

  /** The user whom claims tell of. */
  User user(Tree claims) throws ClaimException {
    String name = part("username", username, () -> username.text(claims));
    if (name.isEmpty()) {
      throw new ClaimException(
          "username " + ClaimSource.label(username) + ": comes to an empty name");
    }
    if (username instanceof ClaimSource.Claim claim && claim.name().equals(ClaimSource.EMAIL)) {
      checkEmail(claims);
    }
    List<String> all = new ArrayList<>(part("groups", groups, () -> groups.texts(claims)));
    all.add(User.AUTHENTICATED);
    return new User(name, part("uid", uid, () -> uid.text(claims)), all, extra(claims));
  }

  private static void checkEmail(Tree claims) throws ClaimException {
    if (claims.has(ClaimSource.EMAIL_VERIFIED) && !claims.isTrue(ClaimSource.EMAIL_VERIFIED)) {
      throw new ClaimException("email not verified");
    }
  }

  private Map<String, List<String>> extra(Tree claims) throws ClaimException {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (Map.Entry<String, ClaimExpression> each : extra.entrySet()) {
      ClaimSource source = new ClaimSource.Computed(each.getValue());
      List<String> texts = part("extra " + each.getKey(), source, () -> source.texts(claims));
      if (!texts.isEmpty()) {
        found.put(each.getKey(), texts);
      }
    }
    return found;
  }

  /** Reads one part. */
  @FunctionalInterface
  private interface Reading<T> {
    T now() throws ClaimException;
  }

  private static <T> T part(String name, ClaimSource source, Reading<T> reading)
      throws ClaimException {
    try {
      return reading.now();
    } catch (ClaimException e) {
      throw new ClaimException("parse " + name + " " + ClaimSource.label(source) + ": " + e.why());
    }
  }
}

package io.kuber.engine.container;

import io.kuber.container.User;
import io.kuber.engine.EngineException;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.UserNames;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a process runs as, and where that user's home is.
 *
 * @param home {@code /} where nobody knows it
 */
record Account(User user, String home) {
  private static final String NUMBERS = "[0-9]{1,9}:[0-9]{1,9}";

  /** Root, in the usual place. */
  static final Account ROOT = new Account(User.ROOT, "/root");

  /**
   * The account that names or numbers mean in a container, such as {@code www-data} or {@code
   * 1000:1000}; nobody is root. Without a group it has all groups that the user is a member of.
   *
   * @param layers of the container's root, topmost first
   * @param host may have further groups ({@code GroupAdd})
   * @throws EngineException 400 when there is no such user or group
   */
  static Account find(List<Path> layers, String text, Tree host) throws IOException {
    UserNames names = new UserNames(Syscalls.linux(), layers);
    String said = text.isEmpty() ? "0" : text;
    String user = said.contains(":") ? said.substring(0, said.indexOf(':')) : said;
    String numbers = names.resolve(said);
    if (!numbers.matches(NUMBERS)) {
      throw EngineException.malformed(
          "unable to find user " + said + ": no matching entries in passwd or group file");
    }
    int colon = numbers.indexOf(':');
    int gid = Integer.parseInt(numbers.substring(colon + 1));
    Set<Integer> groups = new LinkedHashSet<>();
    if (user.equals(said)) {
      groups.addAll(names.groups(user));
    }
    for (String more : host.items("GroupAdd").texts()) {
      groups.add(
          names
              .group(more)
              .orElseThrow(
                  () ->
                      EngineException.malformed(
                          "unable to find group " + more + ": no matching entries in group file")));
    }
    return new Account(
        new User(Integer.parseInt(numbers.substring(0, colon)), gid, new ArrayList<>(groups)),
        names.home(user).orElse("/"));
  }
}

package io.kuber.boot;

import io.kuber.server.chain.HeaderUsers;
import io.kuber.server.trust.AuthorityFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Proxies in front of the API server, which tell in headers whose a request is ({@code
 * --requestheader-*}).
 *
 * @param authority PEM of who vouches for the proxies; without it, headers tell nothing
 * @param users which headers tell what, and by whom
 */
public record FrontOptions(Optional<Path> authority, HeaderUsers users) {
  /** There is no proxy. */
  public static final FrontOptions NONE = new FrontOptions(Optional.empty(), HeaderUsers.NONE);

  /**
   * Proxies that {@code authority} vouches for.
   *
   * @param names what they are called; anything where this is empty
   * @param usernames headers that name the user
   * @param groups headers that name groups
   * @param extras beginnings of headers that say more
   * @param uids headers that have the uid
   */
  public static FrontOptions of(
      Path authority,
      List<String> names,
      List<String> usernames,
      List<String> groups,
      List<String> extras,
      List<String> uids) {
    return new FrontOptions(
        Optional.of(authority), new HeaderUsers(names, usernames, groups, extras, uids));
  }

  /** Reads the file. */
  Front opened() throws IOException {
    return authority.isEmpty()
        ? Front.NONE
        : new Front(AuthorityFile.certificates(authority.get()), users);
  }

  /**
   * Proxies that are believed.
   *
   * @param authorities who vouch for them
   */
  record Front(List<X509Certificate> authorities, HeaderUsers users) {
    static final Front NONE = new Front(List.of(), HeaderUsers.NONE);

    /** Copies the list. */
    Front {
      authorities = List.copyOf(authorities);
    }
  }
}

package io.kuber.boot;

import com.google.common.collect.ImmutableList;
import io.kuber.access.Authenticator;
import io.kuber.access.Authenticators;
import io.kuber.access.PlainTokens;
import io.kuber.access.Strangers;
import io.kuber.boot.FrontOptions.Front;
import io.kuber.server.join.BootstrapUsers;
import io.kuber.server.join.JoinDesk;
import io.kuber.server.login.AuthenticationFile;
import io.kuber.server.metric.LoginMetrics;
import io.kuber.store.Store;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who may come in, ready to be asked.
 *
 * @param welcome where one may come without credentials, as the owner wants it now
 * @param first whose tokens are tried before those of service accounts
 * @param last whose tokens are tried after all that the cluster has made itself
 * @param front proxies that tell of users
 * @param file one of {@code last} that is read again when it changes
 * @param metrics what is counted of it
 */
record Logins(
    Supplier<Strangers> welcome,
    List<Authenticator> first,
    List<Authenticator> last,
    Front front,
    Optional<AuthenticationFile> file,
    LoginMetrics metrics) {
  /** Nobody but those whom every cluster lets in. */
  static final Logins STANDARD =
      new Logins(
          () -> Strangers.WELCOME,
          List.of(),
          List.of(),
          Front.NONE,
          Optional.empty(),
          new LoginMetrics());

  /** Copies the lists. */
  Logins {
    first = List.copyOf(first);
    last = List.copyOf(last);
  }

  /** New servers have a token of another kind, and no credentials yet. */
  Strangers strangers() {
    Strangers now = welcome.get();
    Set<String> paths = new HashSet<>(now.paths());
    paths.add("/" + JoinDesk.PATH);
    return new Strangers(now.everywhere(), paths);
  }

  /**
   * All tokens in the order in which they are tried, which is that of the API server upstream.
   *
   * @param accounts knows those of service accounts
   * @param store has those for bootstrapping
   * @param api what the API server calls itself
   */
  Authenticator tokens(Authenticator accounts, Store store, InstantSource clock, List<String> api) {
    Authenticator bootstrap = new PlainTokens(new BootstrapUsers(store::image, clock), api);
    return new Authenticators(
        ImmutableList.<Authenticator>builder()
            .addAll(first)
            .add(accounts, bootstrap)
            .addAll(last)
            .build());
  }
}

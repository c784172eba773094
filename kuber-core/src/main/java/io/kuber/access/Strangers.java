package io.kuber.access;

import java.util.Set;

/**
 * Where one may come without credentials; what one may do there is for the {@link Authorizer} to
 * say ({@code --anonymous-auth}).
 *
 * @param everywhere whether credentials are needed nowhere
 * @param paths where else they are not needed, from the root
 */
public record Strangers(boolean everywhere, Set<String> paths) {
  /** Credentials are needed nowhere. */
  public static final Strangers WELCOME = new Strangers(true, Set.of());

  /** Copies the set. */
  public Strangers {
    paths = Set.copyOf(paths);
  }

  /** Credentials are needed but at these paths. */
  public static Strangers onlyAt(String... paths) {
    return new Strangers(false, Set.of(paths));
  }

  /** Whether one may come to a path without credentials. */
  public boolean mayCome(String path) {
    return everywhere || paths.contains(path);
  }
}

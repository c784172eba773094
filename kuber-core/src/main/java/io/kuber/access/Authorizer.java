package io.kuber.access;

/**
 * Knows who may do what. The gate asks it before every request, reviews ask it for whoever is
 * curious, so that both always say the same. May be asked from any thread.
 */
public interface Authorizer {
  /** Whether the user may do the deed. */
  Ruling rule(User user, Deed deed);

  /** What the user may do in a namespace. */
  Rights rights(User user, String namespace);
}

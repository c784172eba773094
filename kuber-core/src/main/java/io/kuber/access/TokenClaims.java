package io.kuber.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token of a service account says (pkg/serviceaccount/claims.go). Times are whole seconds.
 *
 * @param id of the token, which no other has
 * @param namespace of the service account, and of the pod and the secret
 * @param account whose token it is
 * @param bound objects that the token ends with, and the node of its pod
 * @param audiences for whom it is meant
 * @param issuedAt not good before
 * @param expiresAt not good after
 * @param warnAfter when it should have been replaced already; null where that is when it expires
 */
public record TokenClaims(
    String id,
    String namespace,
    Ref account,
    List<Bound> bound,
    List<String> audiences,
    Instant issuedAt,
    Instant expiresAt,
    @Nullable Instant warnAfter) {

  /** Copies the lists and cuts the times. */
  public TokenClaims {
    bound = List.copyOf(bound);
    audiences = List.copyOf(audiences);
    issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
    warnAfter = warnAfter == null ? null : warnAfter.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The object of a kind that the token names. */
  public Optional<Ref> bound(Thing thing) {
    return bound.stream().filter(one -> one.thing() == thing).map(Bound::ref).findFirst();
  }

  /**
   * One object, which is not another of the same name.
   *
   * @param uid empty for the node of a pod that is not there any more
   */
  public record Ref(String name, String uid) {}

  /** An object that a token is bound to. */
  public record Bound(Thing thing, Ref ref) {}

  /** The kinds of objects that tokens can be bound to. */
  public enum Thing {
    /** A pod in the namespace of the service account. */
    POD("pod"),
    /** A secret in the namespace of the service account. */
    SECRET("secret"),
    /** A node. */
    NODE("node");

    private final String claim;

    Thing(String claim) {
      this.claim = claim;
    }

    /** What tokens call it. */
    public String claim() {
      return claim;
    }
  }
}

package io.kuber.server.trust;

import io.kuber.access.TokenClaims;
import io.kuber.access.TokenClaims.Bound;
import io.kuber.access.TokenClaims.Ref;
import io.kuber.access.TokenClaims.Thing;
import io.kuber.access.User;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tokens of service accounts say, in the names that Kubernetes has for it
 * (pkg/serviceaccount/claims.go) and in the order of the alphabet.
 */
final class TokenText {
  private static final String PRIVATE = "kubernetes.io";
  private static final String ACCOUNT = "serviceaccount";

  private TokenText() {}

  static Tree of(TokenClaims claims, String issuer) {
    Tree.Builder own = Tree.builder().put("namespace", claims.namespace());
    claims.bound(Thing.NODE).ifPresent(node -> own.put(Thing.NODE.claim(), of(node)));
    claims.bound(Thing.POD).ifPresent(pod -> own.put(Thing.POD.claim(), of(pod)));
    claims.bound(Thing.SECRET).ifPresent(secret -> own.put(Thing.SECRET.claim(), of(secret)));
    own.put(ACCOUNT, of(claims.account()));
    Instant warnAfter = claims.warnAfter();
    if (warnAfter != null) {
      own.put("warnafter", warnAfter.getEpochSecond());
    }
    return Tree.of(
        "aud",
        Items.copyOf(claims.audiences()),
        "exp",
        claims.expiresAt().getEpochSecond(),
        "iat",
        claims.issuedAt().getEpochSecond(),
        "iss",
        issuer,
        "jti",
        claims.id(),
        PRIVATE,
        own.build(),
        "nbf",
        claims.issuedAt().getEpochSecond(),
        "sub",
        User.serviceAccountName(claims.namespace(), claims.account().name()));
  }

  private static Tree of(Ref ref) {
    Tree named = Tree.of("name", ref.name());
    return ref.uid().isEmpty() ? named : named.with("uid", ref.uid());
  }

  /**
   * The claims of a token under a good signature; empty where one is missing or of no sense, and
   * where they are of none of the issuers.
   */
  static Optional<TokenClaims> parse(Tree said, Set<String> issuers) {
    Tree own = said.tree(PRIVATE);
    Ref account = ref(own.tree(ACCOUNT));
    String namespace = own.text("namespace");
    Instant expiresAt = time(said, "exp");
    Instant notBefore = time(said, "nbf");
    boolean whole =
        issuers.contains(said.text("iss"))
            && said.text("sub").equals(User.serviceAccountName(namespace, account.name()))
            && !namespace.isEmpty()
            && !account.name().isEmpty()
            && !account.uid().isEmpty();
    return whole && expiresAt != null && notBefore != null
        ? Optional.of(
            new TokenClaims(
                said.text("jti"),
                namespace,
                account,
                bound(own),
                said.items("aud").texts(),
                notBefore,
                expiresAt,
                time(own, "warnafter")))
        : Optional.empty();
  }

  private static List<Bound> bound(Tree own) {
    List<Bound> bound = new ArrayList<>();
    for (Thing thing : Thing.values()) {
      if (own.has(thing.claim())) {
        bound.add(new Bound(thing, ref(own.tree(thing.claim()))));
      }
    }
    return bound;
  }

  private static Ref ref(Tree tree) {
    return new Ref(tree.text("name"), tree.text("uid"));
  }

  /** Seconds since 1970; null where there are none, or more than there can be. */
  private static @Nullable Instant time(Tree tree, String name) {
    long seconds = tree.number(-1, name);
    return seconds < 0 || seconds > Instant.MAX.getEpochSecond()
        ? null
        : Instant.ofEpochSecond(seconds);
  }
}

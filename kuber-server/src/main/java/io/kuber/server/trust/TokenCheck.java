package io.kuber.server.trust;

import io.kuber.access.TokenClaims;
import io.kuber.access.TokenClaims.Bound;
import io.kuber.access.TokenClaims.Ref;
import io.kuber.access.TokenClaims.Thing;
import io.kuber.access.User;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what a token says still holds: its time, its account, and what it is bound to. Pure; the
 * texts are those of pkg/serviceaccount/claims.go.
 */
record TokenCheck(TokenClaims claims, Image image, Instant now) {
  /** How far clocks may differ; what is deleted is gone for tokens that much later, too. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private static final String EXTRA = "authentication.kubernetes.io/";

  /** Why the token does not hold any more; empty when it does. */
  Optional<String> refusal() {
    if (now.isAfter(claims.expiresAt().plus(LEEWAY))) {
      return Optional.of("service account token has expired");
    }
    if (now.isBefore(claims.issuedAt().minus(LEEWAY))) {
      return Optional.of("service account token is not valid yet");
    }
    return account().or(this::bound);
  }

  private Optional<String> account() {
    Ref account = claims.account();
    String place = claims.namespace() + "/" + account.name();
    Stored stored = image.get(Resources.SERVICE_ACCOUNTS.key(claims.namespace(), account.name()));
    if (stored == null) {
      return Optional.of("serviceaccounts \"" + account.name() + "\" not found");
    }
    if (isGone(stored.object())) {
      return Optional.of("service account " + place + " has been deleted");
    }
    String uid = stored.object().uid();
    return uid.equals(account.uid())
        ? Optional.empty()
        : Optional.of(
            "service account UID (" + uid + ") does not match claim (" + account.uid() + ")");
  }

  private Optional<String> bound() {
    return claims.bound().stream()
        .filter(one -> !isPlaceOfPod(one))
        .flatMap(one -> refusal(one).stream())
        .findFirst();
  }

  /** The node of a pod is only told; the token lives as long as the pod. */
  private boolean isPlaceOfPod(Bound one) {
    return one.thing() == Thing.NODE && claims.bound(Thing.POD).isPresent();
  }

  private Optional<String> refusal(Bound one) {
    ResourceType type = type(one.thing());
    String namespace = type.namespaced() ? claims.namespace() : "";
    Stored stored = image.get(type.key(namespace, one.ref().name()));
    if (stored == null || isGone(stored.object())) {
      return Optional.of("service account token has been invalidated");
    }
    String uid = stored.object().uid();
    return uid.equals(one.ref().uid())
        ? Optional.empty()
        : Optional.of(
            "%s UID (%s) does not match service account %s ref claim (%s)"
                .formatted(one.thing().claim(), uid, one.thing().claim(), one.ref().uid()));
  }

  private static ResourceType type(Thing thing) {
    return switch (thing) {
      case POD -> Resources.PODS;
      case SECRET -> Resources.SECRETS;
      case NODE -> Resources.NODES;
    };
  }

  /** A pod that ends has its grace period and may use its token while it lasts. */
  private boolean isGone(KubeObject object) {
    String deleted = object.metadata().text("deletionTimestamp");
    return !deleted.isEmpty() && Instant.parse(deleted).plus(LEEWAY).isBefore(now);
  }

  /** Who shows the token. */
  User user() {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    extra.put(EXTRA + "credential-id", List.of("JTI=" + claims.id()));
    for (Thing thing : List.of(Thing.POD, Thing.NODE)) {
      claims.bound(thing).ifPresent(ref -> tell(extra, thing.claim(), ref));
    }
    return User.serviceAccount(
        claims.namespace(), claims.account().name(), claims.account().uid(), extra);
  }

  private static void tell(Map<String, List<String>> extra, String what, Ref ref) {
    extra.put(EXTRA + what + "-name", List.of(ref.name()));
    if (!ref.uid().isEmpty()) {
      extra.put(EXTRA + what + "-uid", List.of(ref.uid()));
    }
  }
}

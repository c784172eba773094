package io.kuber.server.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kuber.access.SecretClaims;
import io.kuber.access.User;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a token still holds that a Secret keeps: the Secret has to be there and to keep just this
 * one, and so has its account. Pure; the texts are those of pkg/serviceaccount/legacy.go.
 */
record SecretTokenCheck(SecretClaims claims, String token, Image image) {
  /** Why the token does not hold any more; empty when it does. */
  Optional<String> refusal() {
    return secret().or(this::account);
  }

  private Optional<String> secret() {
    Optional<KubeObject> secret = find(Resources.SECRETS, claims.secret());
    if (secret.filter(found -> !found.isBeingDeleted()).isEmpty()) {
      return Optional.of("Token has been invalidated");
    }
    byte[] kept = secret.get().tree().tree("data").text("token").getBytes(US_ASCII);
    byte[] shown = Base64.getEncoder().encode(token.getBytes(US_ASCII));
    return MessageDigest.isEqual(kept, shown)
        ? Optional.empty()
        : Optional.of("Token does not match server's copy");
  }

  private Optional<String> account() {
    String name = claims.account().name();
    Optional<KubeObject> account = find(Resources.SERVICE_ACCOUNTS, name);
    if (account.isEmpty()) {
      return Optional.of("serviceaccounts \"" + name + "\" not found");
    }
    if (account.get().isBeingDeleted()) {
      return Optional.of(
          "ServiceAccount %s/%s has been deleted".formatted(claims.namespace(), name));
    }
    String uid = account.get().uid();
    return uid.equals(claims.account().uid())
        ? Optional.empty()
        : Optional.of(
            "ServiceAccount UID (%s) does not match claim (%s)"
                .formatted(uid, claims.account().uid()));
  }

  private Optional<KubeObject> find(ResourceType type, String name) {
    return Optional.ofNullable(image.get(type.key(claims.namespace(), name))).map(Stored::object);
  }

  /** Who shows the token. */
  User user() {
    return User.serviceAccount(
        claims.namespace(), claims.account().name(), claims.account().uid(), Map.of());
  }
}

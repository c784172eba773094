package io.kuber.server.join;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A token as the cluster keeps it: a Secret of kube-system in the form of kubeadm's
 * (cluster-bootstrap, token/api/types.go).
 *
 * @param expires when it is no good any more; empty for never
 * @param description what it was made for, in words of whoever made it
 * @param group what those who show it may become, besides {@code system:bootstrappers}
 */
public record TokenSecret(
    BootstrapToken token, Optional<Instant> expires, String description, String group) {
  /** Those who show such a token may become servers, which know every key of the cluster. */
  public static final String SERVERS = "system:bootstrappers:kuber:servers";

  /** Those who show such a token may have themselves certified as a node. */
  public static final String NODES = "system:bootstrappers:kuber:nodes";

  /** The type of such Secrets. */
  public static final String TYPE = "bootstrap.kubernetes.io/token";

  /** Where they are. */
  public static final String NAMESPACE = "kube-system";

  private static final String PREFIX = "bootstrap-token-";
  private static final String YES = "true";

  /** The name of the Secret of a token. */
  public static String name(String id) {
    return PREFIX + id;
  }

  /** Where the store keeps the Secret of a token. */
  static Key key(String id) {
    return Resources.SECRETS.key(NAMESPACE, name(id));
  }

  /** The Secret. */
  public KubeObject secret() {
    Tree.Builder data =
        Tree.builder()
            .put("token-id", encoded(token.id()))
            .put("token-secret", encoded(token.secret()))
            .put("usage-bootstrap-authentication", encoded(YES))
            .put("auth-extra-groups", encoded(group));
    if (!description.isEmpty()) {
      data.put("description", encoded(description));
    }
    expires.ifPresent(when -> data.put("expiration", encoded(when.toString())));
    return Resources.SECRETS
        .object(NAMESPACE, name(token.id()))
        .with(TYPE, "type")
        .with(data.build(), "data");
  }

  /**
   * Reads a Secret; empty for one that is no token, or is damaged, or is not for authentication.
   */
  public static Optional<TokenSecret> of(KubeObject secret) {
    Tree data = secret.tree().tree("data");
    if (!secret.tree().text("type").equals(TYPE)
        || !decoded(data, "usage-bootstrap-authentication").equals(YES)
        || !secret.name().equals(name(decoded(data, "token-id")))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TokenSecret(
              new BootstrapToken(decoded(data, "token-id"), decoded(data, "token-secret")),
              time(decoded(data, "expiration")),
              decoded(data, "description"),
              decoded(data, "auth-extra-groups")));
    } catch (IllegalArgumentException | DateTimeException damaged) {
      return Optional.empty();
    }
  }

  /** Whether the time of the token is over. */
  public boolean isExpired(Instant now) {
    return expires.filter(end -> !end.isAfter(now)).isPresent();
  }

  /** Whether it is for new servers. */
  public boolean isForServers() {
    return List.of(group.split(",")).contains(SERVERS);
  }

  private static Optional<Instant> time(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(Tree data, String name) {
    try {
      return new String(Base64.getDecoder().decode(data.text(name)), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}

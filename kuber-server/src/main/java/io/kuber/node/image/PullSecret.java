package io.kuber.node.image;

import io.kuber.node.image.registry.Keyring;

/**
 * Credentials as a Secret has them.
 *
 * @param type says how to read the content
 * @param content the JSON under the one key of the Secret; whoever makes this keeps no other copy
 */
public record PullSecret(Type type, byte[] content) {
  /** The form of the content (core/v1 SecretType). */
  public enum Type {
    /** {@code kubernetes.io/dockerconfigjson}: what {@code docker login} writes today. */
    CONFIG_JSON,
    /** {@code kubernetes.io/dockercfg}: what it wrote before. */
    CONFIG
  }

  /**
   * The keys in it.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  Keyring keyring() {
    return type == Type.CONFIG_JSON
        ? Keyring.ofDockerConfigJson(content)
        : Keyring.ofDockerCfg(content);
  }
}

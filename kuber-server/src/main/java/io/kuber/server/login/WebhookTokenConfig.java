package io.kuber.server.login;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A server that knows tokens ({@code --authentication-token-webhook-*}).
 *
 * @param file where it is, in the form of a kubeconfig
 * @param version of the TokenReview that it takes: {@code v1} or {@code v1beta1}
 * @param timeToLive how long what it says of a token holds; zero to ask it each time
 */
public record WebhookTokenConfig(Path file, String version, Duration timeToLive) {
  private static final List<String> VERSIONS = List.of("v1", "v1beta1");

  /** Checks what can be checked before anybody is asked. */
  public WebhookTokenConfig {
    if (!VERSIONS.contains(version)) {
      throw new IllegalArgumentException(
          "--authentication-token-webhook-version: " + version + " is none of " + VERSIONS);
    }
    if (timeToLive.isNegative()) {
      throw new IllegalArgumentException(
          "--authentication-token-webhook-cache-ttl: " + timeToLive + " is less than nothing");
    }
  }
}

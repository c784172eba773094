package io.kuber.boot;

import io.kuber.loop.Loop;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.FrontProxy;
import io.kuber.server.trust.ServerNames;
import io.kuber.server.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The keys of a server.
 *
 * @param trust what it shows to clients, and makes certificates with
 * @param tokens signs the tokens of service accounts
 * @param proof what it shows to other servers of the API
 */
record ClusterKeys(ClusterTrust trust, SigningKey tokens, FrontProxy proof) {
  /**
   * Makes what is missing on a loop, while the caller opens the store, which mostly waits for the
   * disk.
   *
   * @param pki the directory of the keys
   * @param reached by which the API server is reached
   */
  static CompletableFuture<ClusterKeys> make(
      Path pki, ServerNames reached, InstantSource clock, Loop meanwhile) {
    CompletableFuture<ClusterKeys> keys = new CompletableFuture<>();
    meanwhile.execute(
        () -> {
          try {
            keys.complete(open(pki, reached, clock));
          } catch (IOException | RuntimeException e) {
            keys.completeExceptionally(e);
          }
        });
    return keys;
  }

  private static ClusterKeys open(Path pki, ServerNames reached, InstantSource clock)
      throws IOException {
    return new ClusterKeys(
        ClusterTrust.open(pki, reached, clock.instant()),
        SigningKey.open(pki),
        FrontProxy.open(pki, clock));
  }

  /** Waits for keys that are being made; fails as making them did. */
  static ClusterKeys await(CompletableFuture<ClusterKeys> keys) throws Exception {
    try {
      return keys.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}

package io.kuber.server.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The file that kubectl and every other client read to find the cluster (client-go,
 * clientcmd/api/v1).
 */
public final class Kubeconfig {
  private Kubeconfig() {}

  /** Writes a kubeconfig for the administrator; only the owner can read it. */
  public static void write(Path file, String server, ClusterTrust trust) throws IOException {
    PkiDirectory.writePrivate(file, text(server, trust));
  }

  private static String text(String server, ClusterTrust trust) {
    return """
        apiVersion: v1
        kind: Config
        current-context: kuber
        clusters:
        - name: kuber
          cluster:
            server: %s
            certificate-authority-data: %s
        contexts:
        - name: kuber
          context:
            cluster: kuber
            user: kuber-admin
        users:
        - name: kuber-admin
          user:
            client-certificate-data: %s
            client-key-data: %s
        """
        .formatted(
            server,
            base64(trust.authority().certificatePem()),
            base64(trust.admin().certificatePem()),
            base64(trust.admin().keyPem()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}

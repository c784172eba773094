package io.kuber.testkit.webhook;

import io.kuber.object.Tree;
import java.net.URI;

/**
 * Where a webhook is, for a configuration that the test writes itself.
 *
 * @param caBundle as configurations have it, in base64; empty for a webhook within the process
 */
public record Endpoint(URI url, String caBundle) {
  /** The {@code clientConfig} of configurations. */
  Tree clientConfig() {
    Tree config = Tree.of("url", url.toString());
    return caBundle.isEmpty() ? config : config.with("caBundle", caBundle);
  }
}

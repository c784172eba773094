package io.kuber.resource.custom;

import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a webhook is (apiextensions/v1 WebhookClientConfig).
 *
 * @param url its address; empty where it is behind a service
 * @param namespace of the service
 * @param service its name; empty where there is an address
 * @param port of the service
 * @param path behind the service; empty or with a slash at its beginning
 * @param caBundle certificates in PEM that its own is to be signed by; empty for those of the
 *     system
 */
public record WebhookTarget(
    String url, String namespace, String service, int port, String path, String caBundle) {
  private static final int HTTPS = 443;

  /** What a {@code clientConfig} says. */
  public static WebhookTarget of(Tree config) {
    Tree service = config.tree("service");
    return new WebhookTarget(
        config.text("url"),
        service.text("namespace"),
        service.text("name"),
        (int) service.number(HTTPS, "port"),
        service.text("path"),
        decoded(config.text("caBundle")));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}

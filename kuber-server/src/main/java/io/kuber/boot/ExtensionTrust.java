package io.kuber.boot;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.server.trust.FrontProxy;
import java.nio.charset.StandardCharsets;

/**
 * What extension servers have to know in order to believe this cluster: the ConfigMap {@code
 * extension-apiserver-authentication} (pkg/controlplane/controller/clusterauthenticationtrust). The
 * role {@code extension-apiserver-authentication-reader} lets them read it.
 */
final class ExtensionTrust {
  private static final String NAMESPACE = "kube-system";
  private static final String NAME = "extension-apiserver-authentication";

  private ExtensionTrust() {}

  /**
   * The ConfigMap.
   *
   * @param clientAuthority PEM of who vouches for the clients of this cluster
   */
  static KubeObject map(String clientAuthority, FrontProxy proof) {
    return Resources.CONFIG_MAPS
        .object(NAMESPACE, NAME)
        .with(
            Tree.builder()
                .put("client-ca-file", clientAuthority)
                .put("requestheader-allowed-names", list(FrontProxy.NAME))
                .put("requestheader-client-ca-file", proof.authorityPem())
                .put("requestheader-extra-headers-prefix", list("X-Remote-Extra-"))
                .put("requestheader-group-headers", list("X-Remote-Group"))
                .put("requestheader-uid-headers", list("X-Remote-Uid"))
                .put("requestheader-username-headers", list("X-Remote-User"))
                .build(),
            "data");
  }

  private static String list(String text) {
    return new String(Json.print(Items.of(text)), StandardCharsets.UTF_8);
  }
}

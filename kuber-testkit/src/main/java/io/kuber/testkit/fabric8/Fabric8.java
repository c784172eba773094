package io.kuber.testkit.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.kuber.http.LocalServer;

/** Makes fabric8's client talk to a cluster in the same process. */
public final class Fabric8 {
  /** Never looked up: the transport knows its server. */
  private static final String ADDRESS = "http://kuber.local/";

  private Fabric8() {}

  /** A client in the namespace {@code default}; its owner closes it. */
  public static KubernetesClient client(LocalServer server) {
    return builder(server).build();
  }

  /** The same, for those who set more. */
  public static KubernetesClientBuilder builder(LocalServer server) {
    return new KubernetesClientBuilder().withConfig(config()).withHttpClientFactory(on(server));
  }

  /** A configuration that takes nothing from the machine: no kubeconfig, no environment. */
  public static Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(ADDRESS)
        .withNamespace("default")
        .build();
  }

  /** The transport alone, for {@link KubernetesClientBuilder#withHttpClientFactory}. */
  public static HttpClient.Factory on(LocalServer server) {
    return new LocalHttpClientFactory(server);
  }
}

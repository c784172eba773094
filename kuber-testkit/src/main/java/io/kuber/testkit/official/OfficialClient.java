package io.kuber.testkit.official;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.nio.file.Path;

/** The official client as the administrator that a kubeconfig names; watches never time out. */
public final class OfficialClient implements AutoCloseable {
  private final ApiClient client;

  private OfficialClient(ApiClient client) {
    this.client = client;
  }

  /** A client of the cluster to which the file leads. */
  public static OfficialClient of(Path kubeconfig) throws IOException {
    ApiClient client = Config.fromConfig(kubeconfig.toString());
    client.setReadTimeout(0);
    return new OfficialClient(client);
  }

  /** What the library's own API classes take. */
  public ApiClient client() {
    return client;
  }

  /** Gives back its threads and connections. */
  @Override
  public void close() {
    client.getHttpClient().dispatcher().cancelAll();
    client.getHttpClient().dispatcher().executorService().shutdown();
    client.getHttpClient().connectionPool().evictAll();
  }
}

package io.kuber.testkit.fabric8;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.kuber.http.LocalServer;

/** Makes transports to one server. */
final class LocalHttpClientFactory implements HttpClient.Factory {
  private final LocalServer server;

  LocalHttpClientFactory(LocalServer server) {
    this.server = server;
  }

  LocalServer server() {
    return server;
  }

  @Override
  public HttpClient.Builder newBuilder() {
    return new LocalHttpClientBuilder(this);
  }
}

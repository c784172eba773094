package io.kuber.testkit.fabric8;

import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps fabric8's interceptors; what is set of TLS, proxies and timeouts has no meaning here. */
final class LocalHttpClientBuilder
    extends StandardHttpClientBuilder<
        LocalHttpClient, LocalHttpClientFactory, LocalHttpClientBuilder> {
  LocalHttpClientBuilder(LocalHttpClientFactory factory) {
    super(factory);
  }

  /** Clients derived from one another are closed together. */
  @Override
  public LocalHttpClient build() {
    AtomicBoolean closed = client == null ? new AtomicBoolean() : client.getClosed();
    return new LocalHttpClient(this, closed, clientFactory.server());
  }

  @Override
  protected LocalHttpClientBuilder newInstance(LocalHttpClientFactory factory) {
    return new LocalHttpClientBuilder(factory);
  }
}

package io.kuber.testkit.clients;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kuber.boot.Kuber;
import io.kuber.boot.KuberOptions;
import io.kuber.testkit.fabric8.Fabric8;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** fabric8's client on an embedded cluster, without a socket in between. */
@TestInstance(Lifecycle.PER_CLASS)
final class Fabric8InProcessTest extends Fabric8Work {
  private Kuber kuber;
  private KubernetesClient client;

  @BeforeAll
  void start() throws Exception {
    kuber = Kuber.start(KuberOptions.inMemory().with(new MachineHalf()));
    client = Fabric8.client(kuber.server());
    client.getConfiguration().setRequestTimeout(PATIENCE_MILLIS);
  }

  @AfterAll
  void stop() {
    client.close();
    kuber.close();
  }

  @Override
  public KubernetesClient client() {
    return client;
  }
}

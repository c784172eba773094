package io.kuber.testkit.clients;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.Progress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** fabric8's client as it is, with the kubeconfig that the cluster wrote. */
@TestInstance(Lifecycle.PER_CLASS)
final class Fabric8OverTlsTest extends Fabric8Work {
  private Cluster cluster;
  private KubernetesClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    cluster =
        Cluster.start(
            new ClusterOptions(directory, 0, "unused"), new MachineHalf(), Progress.SILENT);
    Config config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    config.setRequestTimeout(PATIENCE_MILLIS);
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterAll
  void stop() {
    client.close();
    cluster.close();
  }

  @Override
  public KubernetesClient client() {
    return client;
  }
}

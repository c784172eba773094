package io.kuber.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.Progress;
import io.kuber.cli.config.ApiConnection;
import io.kuber.cli.config.Kubeconfig;
import io.kuber.object.Tree;
import io.kuber.testkit.cluster.SimulatedHalf;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole cluster on simulated nodes, as {@code kuber up --simulated-nodes} starts it. */
final class SimulatedHalfTest {
  @TempDir private Path directory;

  @Test
  void runsTheSampleApplicationOnSimulatedNodes() throws Exception {
    ClusterOptions options = new ClusterOptions(directory, 0, "unused");
    try (Cluster cluster = Cluster.start(options, new SimulatedHalf(3), Progress.SILENT)) {
      ApiConnection api = new ApiConnection(Kubeconfig.read(cluster.kubeconfig()));
      List<Tree> nodes = api.get("/api/v1/nodes").items("items").trees();
      assertThat(nodes)
          .extracting(node -> node.text("metadata", "name"))
          .containsExactly("node-0", "node-1", "node-2");
      SampleApplication sample = new SampleApplication(api);
      sample.apply();
      sample.awaitAvailable(1);
      String pod = sample.runningPod();
      assertThat(sample.logs(pod)).contains("this container is simulated");
      assertThatThrownBy(() -> sample.exec(pod, "hostname"))
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
    }
  }
}

package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.NodeGateway;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server half with a store on disk, and nodes that do nothing. */
final class ClusterTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path directory;

  private ClusterOptions onPort(int port) {
    return new ClusterOptions(directory, port, "node-1");
  }

  private static void assertNobodyListens(int port) {
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void listensUntilItIsClosedAndMayBeClosedTwice() throws Exception {
    IdleNodes nodes = new IdleNodes();
    Cluster cluster = Cluster.start(onPort(0), nodes, Progress.SILENT);
    new Socket(InetAddress.getLoopbackAddress(), cluster.port()).close();
    assertThat(Files.readString(cluster.kubeconfig())).contains(cluster.address());
    cluster.close();
    cluster.close();
    assertNobodyListens(cluster.port());
    assertThat(nodes.closed).hasValue(1);
  }

  @Test
  void letsPodsFindItAsTheServiceKubernetes() throws Exception {
    IdleNodes nodes = new IdleNodes();
    try (Cluster cluster = Cluster.start(onPort(0), nodes, Progress.SILENT)) {
      cluster.ready().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      KubeObject service = nodes.find(Resources.SERVICES);
      assertThat(service.metadata().tree("labels"))
          .isEqualTo(Tree.of("component", "apiserver", "provider", "kubernetes"));
      assertThat(service.spec().text("clusterIP")).isEqualTo("10.96.0.1");
      assertThat(service.spec().items("ports").tree(0).number(0, "port")).isEqualTo(443);
    }
  }

  @Test
  void saysThatThePortIsTakenAndLeavesTheStoreFree() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> Cluster.start(onPort(port), new IdleNodes(), Progress.SILENT))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("port " + port + " is taken")
          .hasMessageContaining("--port");
    }
    Cluster.start(onPort(0), new IdleNodes(), Progress.SILENT).close();
  }

  @Test
  void saysThatTheDataDirectoryIsInUse() throws Exception {
    try (Cluster first = Cluster.start(onPort(0), new IdleNodes(), Progress.SILENT)) {
      assertThatThrownBy(() -> Cluster.start(onPort(0), new IdleNodes(), Progress.SILENT))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("in use by another kuber");
      new Socket(InetAddress.getLoopbackAddress(), first.port()).close();
    }
  }

  @Test
  void saysThatTheDataDirectoryIsNoDirectory() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    ClusterOptions options = new ClusterOptions(file, 0, "node-1");
    assertThatThrownBy(() -> Cluster.start(options, new IdleNodes(), Progress.SILENT))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--data-dir");
  }

  @Test
  void stopsTheServerWhenTheNodesDoNotStart() throws Exception {
    IdleNodes broken =
        new IdleNodes() {
          @Override
          public RunningNodes start(ServerHalf cluster, Progress progress) throws IOException {
            throw new IOException("no nodes today");
          }
        };
    assertThatThrownBy(() -> Cluster.start(onPort(0), broken, Progress.SILENT))
        .hasMessage("no nodes today");
    Cluster.start(onPort(0), new IdleNodes(), Progress.SILENT).close();
  }

  /** Nodes that run nothing. */
  private static class IdleNodes implements NodeHalf {
    final AtomicInteger closed = new AtomicInteger();
    private final CompletableFuture<ServerHalf> half = new CompletableFuture<>();

    /** The object called {@code kubernetes} in the namespace {@code default}. */
    KubeObject find(ResourceType type) {
      Key key = type.key("default", "kubernetes");
      return Objects.requireNonNull(half.join().store().image().get(key)).object();
    }

    @Override
    public void check() {}

    @Override
    public RunningNodes start(ServerHalf cluster, Progress progress) throws IOException {
      half.complete(cluster);
      return new RunningNodes() {
        @Override
        public NodeGateway gateway() {
          return new LateGateway();
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }
  }
}

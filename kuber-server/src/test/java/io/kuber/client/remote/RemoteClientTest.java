package io.kuber.client.remote;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.NoNodes;
import io.kuber.boot.Progress;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.client.Client.WatchListener;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.server.trust.ClusterTrust;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client over HTTPS, against a server of the API. */
final class RemoteClientTest {
  private static final long LIMIT_SECONDS = 30;

  @TempDir private Path directory;
  private final ThreadLoops loops = new ThreadLoops();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private Cluster cluster;
  private SSLContext tls;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    ClusterOptions options = new ClusterOptions(directory, 0, "unused");
    cluster = Cluster.start(options, new NoNodes(), Progress.SILENT);
    tls =
        ClusterTrust.open(directory.resolve("pki"), List.of("127.0.0.1"), Instant.now()).adminTls();
    client = client(URI.create(cluster.address()));
  }

  @AfterEach
  void stop() {
    cluster.close();
    loops.close();
  }

  private Client client(URI... servers) {
    ApiLine line = new ApiLine(new ApiServers(List.of(servers)), () -> tls);
    return new RemoteClient(line, "tester", loops.loop("test"));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private static ApiException failure(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      return (ApiException) requireNonNull(e.getCause());
    }
    throw new AssertionError("it did not fail");
  }

  private static KubeObject map(String name, String value) {
    return Resources.CONFIG_MAPS.object("default", name).with(Tree.of("a", value), "data");
  }

  private final class Listening implements WatchListener {
    @Override
    public void added(KubeObject object) {
      heard.add("added " + object.name());
    }

    @Override
    public void modified(KubeObject object) {
      heard.add("modified " + object.name());
    }

    @Override
    public void deleted(KubeObject object) {
      heard.add("deleted " + object.name());
    }

    @Override
    public void ended(RuntimeException reason) {
      heard.add("ended " + ((ApiException) reason).reason());
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void readsWritesAndWatches() throws Exception {
    ListOptions named = new ListOptions("", "metadata.name=one");
    String revision = await(client.list(Resources.CONFIG_MAPS, "default", named)).resourceVersion();
    AutoCloseable watch =
        client.watch(Resources.CONFIG_MAPS, "default", named, revision, new Listening());
    KubeObject made = await(client.create(Resources.CONFIG_MAPS, map("one", "1")));
    await(client.create(Resources.CONFIG_MAPS, map("two", "2")));
    assertThat(next()).isEqualTo("added one");
    assertThat(made.metadata().items("managedFields").tree(0).text("manager")).isEqualTo("tester");

    KubeObject updated =
        await(client.update(Resources.CONFIG_MAPS, made.with("changed", "data", "a")));
    await(
        client.patch(
            Resources.CONFIG_MAPS,
            "default",
            "one",
            "",
            PatchType.MERGE,
            Tree.of("data", Tree.of("b", "merged"))));
    await(
        client.patch(
            Resources.CONFIG_MAPS,
            "default",
            "one",
            "",
            PatchType.JSON,
            Items.of(Tree.of("op", "remove", "path", "/data/a"))));
    await(client.apply(Resources.CONFIG_MAPS, "", map("one", "applied"), true));
    KubeObject read = await(client.get(Resources.CONFIG_MAPS, "default", "one"));
    assertThat(read.tree().tree("data").texts()).containsEntry("a", "applied");
    assertThat(read.tree().tree("data").texts()).containsEntry("b", "merged");
    assertThat(updated.tree().text("data", "a")).isEqualTo("changed");
    assertThat(await(client.list(Resources.CONFIG_MAPS, "default", named)).objects())
        .containsExactly(read);
    for (int i = 0; i < 4; i++) {
      assertThat(next()).isEqualTo("modified one");
    }
    await(client.delete(Resources.CONFIG_MAPS, "default", "one", DeleteOptions.ofUid(read.uid())));
    assertThat(next()).isEqualTo("deleted one");
    watch.close();
    await(client.create(Resources.CONFIG_MAPS, map("one", "again")));
    assertThat(heard).isEmpty();
  }

  @Test
  void failsForTheReasonsOfTheApi() throws Exception {
    assertThat(failure(client.get(Resources.CONFIG_MAPS, "default", "none")).reason())
        .isEqualTo(StatusReason.NOT_FOUND);
    KubeObject made = await(client.create(Resources.CONFIG_MAPS, map("one", "1")));
    assertThat(failure(client.create(Resources.CONFIG_MAPS, map("one", "1"))).reason())
        .isEqualTo(StatusReason.ALREADY_EXISTS);
    await(client.update(Resources.CONFIG_MAPS, made.with("2", "data", "a")));
    assertThat(failure(client.update(Resources.CONFIG_MAPS, made.with("3", "data", "a"))).reason())
        .isEqualTo(StatusReason.CONFLICT);
    assertThat(failure(client.create(Resources.CONFIG_MAPS, map("No", "1"))))
        .hasMessageContaining("metadata.name");
    client.watch(Resources.CONFIG_MAPS, "default", ListOptions.ALL, "999999999", new Listening());
    assertThat(next()).startsWith("ended ");
  }

  @Test
  void asksAnotherServerWhenOneDoesNotAnswer() throws Exception {
    URI nobody;
    try (ServerSocket taken = new ServerSocket(0)) {
      nobody = URI.create("https://127.0.0.1:" + taken.getLocalPort());
    }
    Client either = client(nobody, URI.create(cluster.address()));
    assertThat(await(either.get(Resources.NAMESPACES, "", "default")).name()).isEqualTo("default");
    ApiException alone = failure(client(nobody).get(Resources.NAMESPACES, "", "default"));
    assertThat(alone.reason()).isEqualTo(StatusReason.SERVICE_UNAVAILABLE);
    assertThat(alone).hasMessageStartingWith(nobody + " cannot be reached");
  }

  @Test
  void endsWatchesOfAServerThatGoes() throws Exception {
    ListOptions named = new ListOptions("", "metadata.name=one");
    String revision = await(client.list(Resources.CONFIG_MAPS, "", named)).resourceVersion();
    client.watch(Resources.CONFIG_MAPS, "", named, revision, new Listening());
    CompletableFuture<KubeObject> made =
        client.create(Resources.CONFIG_MAPS, map("one", "1")).toCompletableFuture();
    await(made);
    assertThat(next()).isEqualTo("added one");
    cluster.close();
    String last = next();
    while (!last.startsWith("ended")) {
      last = next();
    }
    assertThat(failure(client.get(Resources.NAMESPACES, "", "default")).reason())
        .isEqualTo(StatusReason.SERVICE_UNAVAILABLE);
  }
}

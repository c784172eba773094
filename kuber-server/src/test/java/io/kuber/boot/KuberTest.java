package io.kuber.boot;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.Client.WatchListener;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster in this process, spoken to through kuber's own client. */
final class KuberTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path directory;

  private static KubeObject map(String name) {
    return Resources.CONFIG_MAPS.object("default", name).with(Tree.of("key", "value"), "data");
  }

  /** Completes with the name of the first object of a kind that is added. */
  private static CompletableFuture<String> firstAdded(Client client) throws Exception {
    CompletableFuture<String> added = new CompletableFuture<>();
    client.watch(
        Resources.REPLICA_SETS,
        "default",
        ListOptions.ALL,
        "",
        new WatchListener() {
          @Override
          public void added(KubeObject object) {
            added.complete(object.name());
          }

          @Override
          public void modified(KubeObject object) {}

          @Override
          public void deleted(KubeObject object) {}

          @Override
          public void ended(RuntimeException reason) {
            added.completeExceptionally(reason);
          }
        });
    return added;
  }

  @Test
  void servesItsClientInMemory() throws Exception {
    try (Kuber kuber = Kuber.start()) {
      KubeObject created = await(kuber.client().create(Resources.CONFIG_MAPS, map("it")));
      assertThat(created.uid()).isNotEmpty();
      assertThat(await(kuber.client().get(Resources.CONFIG_MAPS, "default", "it")))
          .isEqualTo(created);
      assertThatThrownBy(() -> await(kuber.client().create(Resources.CONFIG_MAPS, map("it"))))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(ApiException.class)
          .hasMessage("configmaps \"it\" already exists");
    }
  }

  @Test
  void decidesWhatFollows() throws Exception {
    Tree labels = Tree.of("app", "web");
    Tree container = Tree.of("name", "main", "image", "kuber.io/host");
    KubeObject deployment =
        Resources.DEPLOYMENTS
            .object("default", "web")
            .with(
                Tree.of(
                    "selector",
                    Tree.of("matchLabels", labels),
                    "template",
                    Tree.of(
                        "metadata",
                        Tree.of("labels", labels),
                        "spec",
                        Tree.of("containers", Items.of(container)))),
                "spec");
    try (Kuber kuber = Kuber.start()) {
      CompletableFuture<String> added = firstAdded(kuber.client());
      await(kuber.client().create(Resources.DEPLOYMENTS, deployment));
      assertThat(added.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).startsWith("web-");
    }
  }

  @Test
  void goesOnFromItsDirectory() throws Exception {
    try (Kuber kuber = Kuber.start(KuberOptions.durable(directory))) {
      await(kuber.client().create(Resources.CONFIG_MAPS, map("kept")));
    }
    try (Kuber kuber = Kuber.start(KuberOptions.durable(directory))) {
      assertThat(
              await(kuber.client().get(Resources.CONFIG_MAPS, "default", "kept"))
                  .tree()
                  .text("data", "key"))
          .isEqualTo("value");
    }
  }

  @Test
  void saysWhichDirectoryItCannotUse() {
    Path impossible = Path.of("/proc/no/such/place");
    assertThatThrownBy(() -> Kuber.start(KuberOptions.durable(impossible)).close())
        .isInstanceOf(StartException.class)
        .hasMessageContaining(impossible.toString());
  }
}

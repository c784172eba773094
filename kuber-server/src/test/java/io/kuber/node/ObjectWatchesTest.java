package io.kuber.node;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.loop.Loop;
import io.kuber.loop.SimulatedLoops;
import io.kuber.node.ObjectWatches.Follower;
import io.kuber.node.ObjectWatches.Reference;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ObjectWatchesTest {
  private static final Reference APP = new Reference(Resources.CONFIG_MAPS, "default", "app");

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final TestCluster cluster = new TestCluster(loops);
  private final Loop loop = loops.loop("node");
  private final ObjectWatches watches = new ObjectWatches(cluster.client());
  private final List<String> heard = new ArrayList<>();

  private Follower follow() {
    Follower follower =
        watches.follow(
            APP,
            loop,
            () ->
                heard.add(
                    watches
                        .latest(APP)
                        .map(object -> object.tree().text("data", "k"))
                        .orElse("gone")));
    loops.settle();
    return follower;
  }

  private void write(String value) {
    await(
        cluster
            .client()
            .patch(
                Resources.CONFIG_MAPS,
                "default",
                "app",
                "",
                PatchType.MERGE,
                Tree.of("data", Tree.of("k", value))));
    loops.settle();
  }

  private KubeObject create(String name) {
    KubeObject made =
        cluster.create(Resources.CONFIG_MAPS, "{metadata: {name: " + name + "}, data: {k: first}}");
    loops.settle();
    return made;
  }

  @Test
  void hearsOfOneObjectFromItsCreationToItsEnd() {
    follow();
    create("other");
    create("app");
    write("second");
    await(cluster.client().delete(Resources.CONFIG_MAPS, "default", "app", DeleteOptions.DEFAULT));
    loops.settle();
    assertThat(heard).containsExactly("first", "second", "gone");
  }

  @Test
  void keepsSilentAboutTheVersionThatWasRead() {
    KubeObject read = create("app");
    Follower follower = watches.follow(APP, loop, () -> heard.add("news"));
    watches.seen(APP, read);
    loops.settle();
    assertThat(heard).isEmpty();
    write("second");
    assertThat(heard).containsExactly("news");
    follower.close();
  }

  @Test
  void tellsEveryFollowerUntilItLeaves() {
    create("app");
    Follower first = follow();
    follow();
    heard.clear();
    write("second");
    assertThat(heard).containsExactly("second", "second");
    first.close();
    write("third");
    assertThat(heard).containsExactly("second", "second", "third");
  }

  @Test
  void forgetsAnObjectThatNobodyFollows() {
    create("app");
    Follower only = follow();
    assertThat(watches.latest(APP)).isPresent();
    only.close();
    assertThat(watches.latest(APP)).isEmpty();
    write("second");
    assertThat(heard).containsExactly("first");
  }
}

package io.kuber.testkit;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Objects for tests, and the end of waiting for answers. */
final class Things {
  static final long PATIENCE_SECONDS = 60;

  private Things() {}

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  static KubeObject map(String name) {
    return Resources.CONFIG_MAPS.object("default", name).with(Tree.of("key", "value"), "data");
  }

  static KubeObject deployment(String name) {
    Tree labels = Tree.of("app", name);
    Tree container = Tree.of("name", "main", "image", "kuber.io/host");
    Tree template =
        Tree.of(
            "metadata",
            Tree.of("labels", labels),
            "spec",
            Tree.of("containers", Items.of(container)));
    return Resources.DEPLOYMENTS
        .object("default", name)
        .with(Tree.of("selector", Tree.of("matchLabels", labels), "template", template), "spec");
  }
}

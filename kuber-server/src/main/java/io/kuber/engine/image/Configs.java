package io.kuber.engine.image;

import io.kuber.node.image.ImageConfig;
import io.kuber.node.image.registry.Platform;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;

/** Configurations of images whose own was not kept. Pure. */
final class Configs {
  private Configs() {}

  /** What a built-in image says. */
  static Tree of(ImageConfig config) {
    return platform()
        .put(
            "config",
            config(
                config.entrypoint(),
                config.command(),
                config.environment(),
                config.user(),
                config.workingDirectory(),
                config.stopSignal()))
        .put("rootfs", Tree.of("type", "layers", "diff_ids", Items.EMPTY))
        .build();
  }

  /** What the record of an image says. */
  static Tree of(StoredImage image) {
    return platform()
        .put("created", image.pulledAt().toString())
        .put(
            "config",
            config(
                image.entrypoint(),
                image.command(),
                image.environment(),
                image.user(),
                image.workingDirectory(),
                image.stopSignal()))
        .put("rootfs", Tree.of("type", "layers", "diff_ids", Images.diffIds(image)))
        .build();
  }

  /** The beginning of a configuration for this machine. */
  static Tree.Builder platform() {
    Platform host = Platform.host();
    Tree.Builder tree =
        Tree.builder().put("architecture", host.architecture()).put("os", host.os());
    if (!host.variant().isEmpty()) {
      tree.put("variant", host.variant());
    }
    return tree;
  }

  private static Tree config(
      List<String> entrypoint,
      List<String> command,
      Map<String, String> environment,
      String user,
      String directory,
      String signal) {
    List<String> assignments =
        environment.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
    Tree.Builder config = Tree.builder().put("Env", Items.copyOf(assignments));
    if (!entrypoint.isEmpty()) {
      config.put("Entrypoint", Items.copyOf(entrypoint));
    }
    if (!command.isEmpty()) {
      config.put("Cmd", Items.copyOf(command));
    }
    return config.put("User", user).put("WorkingDir", directory).put("StopSignal", signal).build();
  }
}

package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.engine.ImageShelf.Commit;
import io.kuber.engine.LocalImage;
import io.kuber.engine.dockerfile.Dockerfile;
import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.engine.dockerfile.Settings;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.layer.ChangeArchive;
import io.kuber.node.image.layer.LayerLimits;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes images of containers. */
final class Commits {
  /** What {@code docker commit --change} takes. */
  private static final Set<String> CHANGES =
      Set.of(
          "CMD",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "HEALTHCHECK",
          "LABEL",
          "ONBUILD",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private final Images images;

  Commits(Images images) {
    this.images = images;
  }

  Digest make(LocalImage base, Path changes, Commit commit) throws IOException {
    Optional<ImageReference> name = commit.name().map(Names::parse);
    StoredImage parent = images.get(base.id());
    Tree config = images.config(parent);
    config = changed(config, commit.changes());
    if (!commit.author().isEmpty()) {
      config = config.with("author", commit.author());
    }
    String now = images.stock().now().toString();
    config = config.with("created", now);
    Tree step = Tree.of("created", now, "created_by", "", "comment", commit.comment());
    config = config.with("history", config.items("history").plus(step));
    try (Workbench bench = new Workbench(images.stock())) {
      List<Workbench.Layer> layers = new ArrayList<>(bench.layersOf(parent));
      layers.add(
          bench.layer(
              out -> ChangeArchive.write(Syscalls.linux(), changes, out, LayerLimits.DEFAULT)));
      StoredImage made =
          bench.image(
              config,
              layers,
              Optional.of(parent.id()),
              "",
              name.map(Names::stored).map(List::of).orElse(List.of()));
      name.ifPresent(each -> images.tell("tag", made.id(), Names.familiar(each)));
      return made.id();
    }
  }

  /**
   * A configuration with instructions of a Dockerfile, one a line.
   *
   * @throws EngineException 400 when they are malformed, or not to be had here
   */
  static Tree changed(Tree config, String changes) {
    Tree changed = config;
    try {
      for (Instruction each : Dockerfile.parse(changes).instructions()) {
        if (!CHANGES.contains(each.name())) {
          throw EngineException.malformed(each.name() + " is not a valid change command");
        }
        changed = new Settings(changed).apply(each, new Settings(changed).environment()).tree();
      }
      return changed;
    } catch (DockerfileException e) {
      throw new EngineException(400, String.valueOf(e.getMessage()), e);
    }
  }
}

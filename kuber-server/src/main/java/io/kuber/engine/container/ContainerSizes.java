package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.linux.Syscalls;
import io.kuber.node.stats.DirectorySize;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What containers take of the disk. */
final class ContainerSizes {
  private ContainerSizes() {}

  /** What it has written on top of its image. */
  static long written(Life life) throws IOException {
    Optional<Path> changes = life.files().changes();
    return changes.isPresent() ? DirectorySize.of(Syscalls.linux(), changes.get()).bytes() : 0;
  }

  /** A container as it is shown, with what it takes of its own and with its image. */
  static Tree with(Tree shown, Life life) throws IOException {
    long own = written(life);
    return shown.with("SizeRw", own).with("SizeRootFs", own + image(life));
  }

  private static long image(Life life) {
    try {
      return life.files().image(life.record()).bytes();
    } catch (EngineException e) {
      if (e.status() != 404) {
        throw e;
      }
      return 0;
    }
  }
}

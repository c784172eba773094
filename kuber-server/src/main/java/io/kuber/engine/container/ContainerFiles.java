package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.engine.ImageShelf;
import io.kuber.engine.LocalImage;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The image of a container and what it has written on top of it.
 *
 * @param written where it writes
 * @param directory where it is kept
 */
record ContainerFiles(ImageShelf images, Path written, Path directory) {
  private static final List<String> SHELL = List.of("/bin/sh", "-c");

  /** By its id, whatever its names mean by now; images that are built in have names only. */
  LocalImage image(ContainerRecord record) {
    try {
      return images.find(record.imageId());
    } catch (EngineException e) {
      if (e.status() != 404) {
        throw e;
      }
      return images.find(record.image());
    }
  }

  /** How a container of an image is checked, if it is. */
  static Optional<HealthPlan> plan(ContainerRecord record, LocalImage image) {
    List<String> shell = image.config().items("config", "Shell").texts();
    return HealthPlan.of(record.config(), shell.isEmpty() ? SHELL : shell);
  }

  /** What it has written, as overlayfs leaves it; none before its first run. */
  Optional<Path> changes() {
    return Optional.of(written.resolve("upper")).filter(Files::isDirectory);
  }

  /** Where what it writes takes room. */
  FileStore disk() throws IOException {
    return Files.getFileStore(Files.isDirectory(written) ? written : directory);
  }

  /** Its root file system, topmost first. */
  List<Path> layers(ContainerRecord record) {
    List<Path> layers = new ArrayList<>();
    changes().ifPresent(layers::add);
    layers.addAll(image(record).image().layers());
    return layers;
  }
}

package io.kuber.engine.container;

import io.kuber.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file that keeps what is to be kept of a container, whole at any time. */
final class RecordFile {
  private static final String NAME = "container.json";

  private RecordFile() {}

  /** Keeps it in the directory of the container, which is made if it is not there. */
  static void write(Path directory, ContainerRecord record) {
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve(NAME + ".next");
      Files.write(file, Json.print(record.tree()));
      Files.move(file, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("keeping container " + record.name(), e);
    }
  }

  /** What was kept in a directory, if it is whole. */
  static Optional<ContainerRecord> read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    return Files.exists(file)
        ? Optional.of(ContainerRecord.of(Json.parse(Files.readAllBytes(file))))
        : Optional.empty();
  }
}

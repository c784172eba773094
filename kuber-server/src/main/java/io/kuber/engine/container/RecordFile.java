package io.kuber.engine.container;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.linux.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that keeps what is to be kept of a container, whole at any time. */
final class RecordFile {
  private static final Logger LOG = LoggerFactory.getLogger(RecordFile.class);
  private static final String NAME = "container.json";

  private RecordFile() {}

  /** Keeps it in the directory of the container, which is made if it is not there. */
  static void write(Path directory, ContainerRecord record) {
    try {
      Files.createDirectories(directory);
      DurableFiles.write(
          directory.resolve(NAME), Json.print(record.tree()), directory.resolve(NAME + ".next"));
    } catch (IOException e) {
      throw new UncheckedIOException("keeping container " + record.name(), e);
    }
  }

  /** What was kept in a directory; a file that cannot be understood is told of and left alone. */
  static Optional<ContainerRecord> read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ContainerRecord.of(Json.parse(Files.readAllBytes(file))));
    } catch (MalformedException | IllegalArgumentException e) {
      LOG.warn("going on without the container of {}: {}", file, e.getMessage());
      return Optional.empty();
    }
  }
}

package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The file in the directory of a sandbox or container by which the next run knows it again. It is
 * there as a whole or not at all, and only its owner may read it: it has a container's environment.
 */
final class Records {
  private static final String NAME = "record";
  private static final String UNFINISHED = "record.part";

  private Records() {}

  static void write(Path directory, Tree record) {
    Path part = directory.resolve(UNFINISHED);
    try {
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(part, Json.print(record));
      Files.move(part, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ContainerException("cannot write the record in " + directory + ": " + e, e);
    }
  }

  /** The record in a directory; empty when the run that made the directory did not get to it. */
  static Optional<Tree> read(Path directory) {
    try {
      return Optional.of(Json.parse(Files.readAllBytes(directory.resolve(NAME))));
    } catch (NoSuchFileException unwritten) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ContainerException("cannot read the record in " + directory + ": " + e, e);
    }
  }
}

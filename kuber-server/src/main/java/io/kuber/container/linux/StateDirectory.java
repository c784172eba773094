package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.linux.Deletion;
import io.kuber.linux.PrivateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a runtime keeps what outlives it: {@code sandboxes/<id>/} holds pinned namespaces, {@code
 * containers/<sandbox>/<id>/} the writable layers; both have a record of what they belong to. One
 * runtime at a time, held by a lock that dies with it.
 */
final class StateDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel lock;

  StateDirectory(Path root) {
    try {
      this.root = PrivateDirectory.make(root).toRealPath();
      this.lock =
          FileChannel.open(
              this.root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isOurs(lock)) {
        lock.close();
        throw new ContainerException(
            "another kuber uses " + root + "; stop it, or give this one another directory");
      }
      Files.createDirectories(sandboxes());
      Files.createDirectories(containers());
    } catch (IOException e) {
      throw new ContainerException("cannot use the state directory " + root + ": " + e, e);
    }
  }

  private static boolean isOurs(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  Path root() {
    return root;
  }

  Path sandboxes() {
    return root.resolve("sandboxes");
  }

  Path containers() {
    return root.resolve("containers");
  }

  /** Where the containers of a sandbox are. */
  Path containers(String sandbox) {
    return containers().resolve(sandbox);
  }

  /** Makes the directory of a sandbox or container, which must not exist yet. */
  static Path makeFresh(Path directory) {
    try {
      return Files.createDirectory(directory);
    } catch (IOException e) {
      throw new ContainerException(
          "cannot make " + directory + "; is there one of that name already? " + e, e);
    }
  }

  static List<String> names(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a directory and all in it, following no links. */
  static void delete(Path tree) {
    try {
      Deletion.of(tree);
    } catch (IOException e) {
      throw new ContainerException("cannot delete " + tree + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

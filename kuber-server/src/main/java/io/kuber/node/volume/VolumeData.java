package io.kuber.node.volume;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directories of volumes whose data a node keeps, one each below a directory of the node's.
 *
 * <p><b>Invariant:</b> nothing outside of a volume's directory is ever deleted, whatever whoever
 * writes into it does meanwhile: every entry is opened and deleted by its name in a directory that
 * is open, and no link is followed (openat, unlinkat). Trees of any depth are deleted with two
 * descriptors, since directories are moved up before they are entered.
 */
public final class VolumeData {
  /** Directories are the volume's users' own; the bits are those of local-path-provisioner. */
  private static final int MODE = 0777;

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  private final Path root;
  private final VolumeMounts mounts;

  /** Volumes below {@code root}, which need not exist yet. */
  public VolumeData(Path root, VolumeMounts mounts) {
    this.root = root;
    this.mounts = mounts;
  }

  /** The names of the volumes that have a directory. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(root)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .toList();
    }
  }

  /** Makes the directory of a volume, unless it is there. */
  public Path make(String name) throws IOException {
    Path directory = directory(name);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(root);
      Files.createDirectory(directory);
      Files.setAttribute(directory, "unix:mode", MODE);
    }
    return directory;
  }

  private Path directory(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new VolumeException("\"" + name + "\" cannot be the name of a volume");
    }
    return root.resolve(name);
  }

  /**
   * Deletes a volume with all that is in it; does nothing when it is not there.
   *
   * @throws IOException when something stays, such as what somebody writes meanwhile
   */
  public void delete(String name) throws IOException {
    Path directory = directory(name);
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    mounts.unmountAll(directory.toRealPath(LinkOption.NOFOLLOW_LINKS));
    try (DirectoryStream<Path> volumes = Files.newDirectoryStream(root)) {
      if (!(volumes instanceof SecureDirectoryStream<Path> parent)) {
        throw new IOException("this system opens no directory beneath another; nothing is deleted");
      }
      Path own = Path.of(name);
      try (SecureDirectoryStream<Path> volume = entered(parent, own)) {
        Emptying.of(volume);
      }
      parent.deleteDirectory(own);
    }
  }

  /** Empties an open directory: files at once, directories one after the other. */
  private static final class Emptying {
    private final SecureDirectoryStream<Path> volume;

    /** Names right below the volume that are or were there. */
    private final Set<Path> taken = new HashSet<>();

    /** Directories right below the volume that are still there. */
    private final Deque<Path> waiting = new ArrayDeque<>();

    private long tried;

    private Emptying(SecureDirectoryStream<Path> volume) {
      this.volume = volume;
    }

    static void of(SecureDirectoryStream<Path> volume) throws IOException {
      Emptying emptying = new Emptying(volume);
      List<Path> names = names(volume);
      emptying.taken.addAll(names);
      for (Path name : names) {
        if (isDirectory(volume, name)) {
          emptying.waiting.add(name);
        } else {
          volume.deleteFile(name);
        }
      }
      emptying.run();
    }

    private void run() throws IOException {
      while (!waiting.isEmpty()) {
        Path next = waiting.remove();
        moveUpFrom(next);
        volume.deleteDirectory(next);
      }
    }

    /** Deletes the files of a directory, and moves its directories beside it. */
    private void moveUpFrom(Path directory) throws IOException {
      try (SecureDirectoryStream<Path> inner = entered(volume, directory)) {
        for (Path name : names(inner)) {
          if (isDirectory(inner, name)) {
            Path up = unused();
            inner.move(name, volume, up);
            waiting.add(up);
          } else {
            inner.deleteFile(name);
          }
        }
      }
    }

    private Path unused() {
      Path name;
      do {
        name = Path.of(".kuber-" + tried++);
      } while (!taken.add(name));
      return name;
    }
  }

  private static SecureDirectoryStream<Path> entered(SecureDirectoryStream<Path> in, Path name)
      throws IOException {
    return in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
  }

  /** Read to the end before anything changes, which may make the kernel leave out entries. */
  private static List<Path> names(SecureDirectoryStream<Path> directory) {
    List<Path> names = new ArrayList<>();
    directory.forEach(entry -> names.add(entry.getFileName()));
    return names;
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> in, Path name) throws IOException {
    return in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }
}

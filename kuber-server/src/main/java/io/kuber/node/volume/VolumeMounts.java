package io.kuber.node.volume;

import java.nio.file.Path;
import java.util.List;

/** The machine's table of mounts, as far as volumes have to change it. For any thread. */
public interface VolumeMounts {
  /** The one of this machine. */
  static VolumeMounts ofMachine() {
    return MachineMounts.INSTANCE;
  }

  /** Whether something is mounted exactly there. */
  boolean isMounted(Path directory);

  /** Mounts an empty file system in memory; {@code sizeBytes} 0 is half of the machine's memory. */
  void memory(Path directory, long sizeBytes);

  /**
   * Mounts an empty file system in huge pages.
   *
   * @param pageBytes the size of each
   * @param sizeBytes of all together
   */
  void hugePages(Path directory, long pageBytes, long sizeBytes);

  /**
   * Mounts a directory of an NFS server.
   *
   * @param options as mount(8) takes them, such as {@code vers=4.1} or {@code hard}
   */
  void nfs(Path directory, String server, String path, List<String> options, boolean readOnly);

  /**
   * Mounts the file system of a disk.
   *
   * @param device a block device with an ext4
   * @param options as mount(8) takes them
   */
  void disk(Path directory, Path device, List<String> options);

  /** Takes away whatever is mounted at a directory or below, the deepest first. */
  void unmountAll(Path directory);
}

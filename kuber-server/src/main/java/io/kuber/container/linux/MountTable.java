package io.kuber.container.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What the machine's table of mounts says of the mount that a descriptor is on. */
final class MountTable {
  private static final String MOUNT_ID = "mnt_id:";

  private MountTable() {}

  /** Whether mounts that others make below it appear behind the descriptor. */
  static boolean receives(int descriptor) {
    String options = optionsOf(descriptor);
    return options.contains(" shared:") || options.contains(" master:");
  }

  /** Whether mounts that are made behind the descriptor appear at others. */
  static boolean sends(int descriptor) {
    return optionsOf(descriptor).contains(" shared:");
  }

  private static String optionsOf(int descriptor) {
    String id = mountId(descriptor);
    for (String line : read(Path.of("/proc/self/mountinfo")).split("\n")) {
      if (line.startsWith(id + " ")) {
        return line.substring(0, Math.max(0, line.indexOf(" - ")));
      }
    }
    return "";
  }

  private static String mountId(int descriptor) {
    Path file = Path.of("/proc/self/fdinfo", Integer.toString(descriptor));
    return read(file)
        .lines()
        .filter(line -> line.startsWith(MOUNT_ID))
        .map(line -> line.substring(MOUNT_ID.length()).strip())
        .findFirst()
        .orElse("none");
  }

  private static String read(Path file) {
    try {
      return KernelFiles.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

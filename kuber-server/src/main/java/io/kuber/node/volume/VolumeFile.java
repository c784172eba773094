package io.kuber.node.volume;

import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that containers left in a volume. The kernel walks the path and leaves neither the volume
 * nor follows a link, so that nothing of the machine is read for a pod.
 */
final class VolumeFile {
  /** As upstream's limit for files of variables. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final int BUFFER = 8 * 1024;
  private static final long INSIDE =
      Uapi.RESOLVE_BENEATH | Uapi.RESOLVE_NO_SYMLINKS | Uapi.RESOLVE_NO_MAGICLINKS;

  private VolumeFile() {}

  /** The text of a file below a volume's directory; empty where there is none. */
  static Optional<String> read(Path volume, String path) {
    Syscalls linux = Syscalls.linux();
    int root = linux.open(volume.toString(), Uapi.O_RDONLY | Uapi.O_DIRECTORY, 0);
    try {
      // A pipe without a writer is opened at once, and has nothing in it.
      int file = linux.openBelow(root, path, Uapi.O_RDONLY | Uapi.O_NONBLOCK, 0, INSIDE);
      try {
        return Optional.of(text(linux, file, path));
      } finally {
        linux.close(file);
      }
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw new VolumeException("file \"" + path + "\" cannot be read: " + e.getMessage());
    } finally {
      linux.close(root);
    }
  }

  private static String text(Syscalls linux, int file, String path) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int read = linux.read(file, buffer, 0, BUFFER);
        read > 0;
        read = linux.read(file, buffer, 0, BUFFER)) {
      text.write(buffer, 0, read);
      if (text.size() > MAX_BYTES) {
        throw new VolumeException("file \"" + path + "\" is larger than " + MAX_BYTES + " bytes");
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}

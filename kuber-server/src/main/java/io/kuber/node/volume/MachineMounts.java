package io.kuber.node.volume;

import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Mounts on this machine. */
final class MachineMounts implements VolumeMounts {
  static final VolumeMounts INSTANCE = new MachineMounts();

  private static final int MOST_TABLE_BYTES = 64 << 20;
  private static final int MOUNT_POINT = 4;

  private final Syscalls linux = Syscalls.linux();

  private MachineMounts() {}

  @Override
  public boolean isMounted(Path directory) {
    try {
      return !device(directory).equals(device(directory.resolve("..")));
    } catch (IOException e) {
      return false;
    }
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS);
  }

  /** Secrets must not reach the swap; kernels before 6.4 have no word for that. */
  @Override
  public void memory(Path directory, long sizeBytes) {
    String size = sizeBytes == 0 ? "" : ",size=" + sizeBytes;
    try {
      linux.mount("tmpfs", directory.toString(), "tmpfs", 0, "mode=0777,noswap" + size);
    } catch (SyscallException e) {
      if (!e.is(Errno.EINVAL)) {
        throw e;
      }
      linux.mount("tmpfs", directory.toString(), "tmpfs", 0, "mode=0777" + size);
    }
  }

  @Override
  public void hugePages(Path directory, long pageBytes, long sizeBytes) {
    String data = "mode=0777,pagesize=" + pageBytes + ",size=" + sizeBytes;
    try {
      linux.mount("hugetlbfs", directory.toString(), "hugetlbfs", 0, data);
    } catch (SyscallException e) {
      throw new VolumeException(
          e.is(Errno.ENODEV) || e.is(Errno.EINVAL)
              ? "mount failed: the kernel of this node has no pages of " + pageBytes + " bytes"
              : "mount failed: " + e.getMessage());
    }
  }

  @Override
  public void nfs(
      Path directory, String server, String path, List<String> options, boolean readOnly) {
    NfsMount mount = NfsMount.of(server, path, options);
    long flags = mount.flags() | (readOnly ? Uapi.MS_RDONLY : 0);
    try {
      linux.mount(mount.source(), directory.toString(), mount.type(), flags, mount.data());
    } catch (SyscallException e) {
      throw new VolumeException(
          e.is(Errno.ENODEV)
              ? "mount failed: the kernel of this node has no file system "
                  + mount.type()
                  + "; load it with: modprobe nfs"
              : "mount failed: " + e.getMessage());
    }
  }

  /** What is deleted inside is free outside again; devices in it are none. */
  @Override
  public void disk(Path directory, Path device, List<String> options) {
    MountOptions wanted = MountOptions.of(options);
    String data = String.join(",", wanted.with("discard"));
    long flags = wanted.flags() | Uapi.MS_NODEV;
    try {
      linux.mount(device.toString(), directory.toString(), "ext4", flags, data);
    } catch (SyscallException e) {
      throw new VolumeException(
          e.is(Errno.ENODEV)
              ? "mount failed: the kernel of this node has no file system ext4"
              : "mount failed: " + e.getMessage());
    }
  }

  @Override
  public void unmountAll(Path directory) {
    for (Path mounted : below(directory)) {
      linux.umount(mounted.toString(), Uapi.MNT_DETACH | Uapi.UMOUNT_NOFOLLOW);
    }
  }

  /** The mounts at a directory and below, the last one first. */
  private static List<Path> below(Path directory) {
    List<Path> found = new ArrayList<>();
    for (String line : table().split("\n")) {
      String[] fields = line.split(" ");
      if (fields.length > MOUNT_POINT) {
        Path mounted = Path.of(unescaped(fields[MOUNT_POINT]));
        if (mounted.startsWith(directory.toAbsolutePath())) {
          found.add(mounted);
        }
      }
    }
    Collections.reverse(found);
    return found;
  }

  private static String table() {
    try (InputStream in = new FileInputStream("/proc/self/mountinfo")) {
      return new String(in.readNBytes(MOST_TABLE_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new VolumeException("the machine's mounts cannot be read: " + e);
    }
  }

  /** The kernel writes blanks, line ends and backslashes as octal numbers. */
  private static String unescaped(String text) {
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}

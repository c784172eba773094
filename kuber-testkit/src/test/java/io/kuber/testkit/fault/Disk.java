package io.kuber.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small disk of its own: memory that can be filled, or an image in a file that can be slow. Needs
 * root. The place of its mount names the process that made it, so that another can remove what was
 * left when it was killed.
 */
final class Disk implements AutoCloseable {
  private static final String PREFIX = "/tmp/kuberfault-disk-";
  private static final Path THROTTLE = Path.of("/sys/fs/cgroup/blkio");
  private static final int CHUNK_BYTES = 1 << 20;
  private static final AtomicInteger DISKS = new AtomicInteger();

  private final Path mount;
  private final Path filler;
  private String device = "";

  private Disk() {
    removeLeftovers();
    mount = Path.of(PREFIX + ProcessHandle.current().pid() + "-" + DISKS.incrementAndGet());
    filler = mount.resolve("filler");
    Shell.run("mkdir", mount.toString());
  }

  /** A disk in memory. */
  static Disk inMemory(int megabytes) {
    Disk disk = new Disk();
    Shell.run(
        "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "kuber", disk.mount.toString());
    return disk;
  }

  /** A disk that is a file, as a block device with a file system. */
  static Disk inFile(int megabytes) {
    Disk disk = new Disk();
    Shell.run("truncate", "-s", megabytes + "M", disk.image().toString());
    disk.device = Shell.run("losetup", "-f", "--show", disk.image().toString()).trim();
    Shell.run("mkfs.ext4", "-q", disk.device);
    Shell.run("mount", disk.device, disk.mount.toString());
    return disk;
  }

  /** Whether this kernel can make a disk slow. */
  static boolean canBeSlow() {
    return Shell.isRoot() && Files.exists(THROTTLE.resolve("blkio.throttle.write_iops_device"));
  }

  /** From now on a process gets only so many writes a second onto this disk, which it waits for. */
  void slow(long pid, int writesPerSecond) {
    try {
      Path group = Files.createDirectories(group());
      Path numbers = Path.of("/sys/block", Path.of(device).getFileName().toString(), "dev");
      Files.writeString(
          group.resolve("blkio.throttle.write_iops_device"),
          Files.readString(numbers).trim() + " " + writesPerSecond);
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes all space but so many megabytes. */
  void fillUpTo(int megabytesLeft) {
    try (var out = Files.newOutputStream(filler)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      while (free() > (long) megabytesLeft * CHUNK_BYTES) {
        out.write(
            chunk, 0, (int) Math.min(chunk.length, free() - (long) megabytesLeft * CHUNK_BYTES));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long free() throws IOException {
    return Files.getFileStore(mount).getUsableSpace();
  }

  /** Gives the space back. */
  void clear() {
    try {
      Files.delete(filler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return mount.resolve("data");
  }

  private Path image() {
    return image(mount);
  }

  private static Path image(Path mount) {
    return Path.of(mount + ".image");
  }

  private Path group() {
    return THROTTLE.resolve(mount.getFileName().toString());
  }

  /** Processes on the disk must have ended. */
  @Override
  public void close() {
    Await.uninterrupted(
        () -> {
          remove(mount);
          if (Files.isDirectory(group())) {
            Shell.run("rmdir", group().toString());
          }
        });
  }

  private static void remove(Path mount) {
    Shell.attempt("umount", mount.toString());
    if (Files.exists(image(mount))) {
      for (String line : Shell.run("losetup", "-j", image(mount).toString()).split("\n")) {
        Shell.attempt("losetup", "-d", line.split(":")[0]);
      }
      Shell.attempt("rm", image(mount).toString());
    }
    Shell.attempt("rmdir", mount.toString());
  }

  private static void removeLeftovers() {
    Path parent = Path.of(PREFIX).getParent();
    String name = Path.of(PREFIX).getFileName().toString();
    try (var all = Files.newDirectoryStream(parent, name + "*")) {
      for (Path left : all) {
        String maker = left.getFileName().toString().substring(name.length()).split("-")[0];
        boolean mounts = Files.isDirectory(left);
        if (mounts && ProcessHandle.of(Long.parseLong(maker)).isEmpty()) {
          remove(left);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

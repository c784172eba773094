package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.HugePages;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A directory of a control group file system: what both versions have in common. */
record CgroupDirectory(Path path) {
  /** A group is busy for a moment after its last process has died. */
  private static final int REMOVAL_ATTEMPTS = 400;

  private static final int KILL_ROUNDS = 400;

  /** What is waited for takes some microseconds, or something is wrong: pauses double. */
  private static final long SHORTEST_PAUSE_NANOS = 40_000;

  private static final int DOUBLINGS = 7;

  /** The directory itself and its entry above it. */
  private static final int LINKS_OF_LEAF = 2;

  private static final long KIBI = 1024;

  void make() {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new ContainerException("cannot make the control group " + path + ": " + e, e);
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }

  void set(String file, long value) {
    KernelFiles.write(file(file), Long.toString(value));
  }

  /** A file that is one number; 0 when it is not there. */
  long number(String file) {
    String text = KernelFiles.readOr(file(file), "0");
    return text.chars().allMatch(Character::isDigit) && !text.isEmpty() ? Long.parseLong(text) : 0;
  }

  /** The number after a word in a file of such pairs, a line each; 0 when it is not there. */
  long number(String file, String key) {
    return KernelFiles.readOr(file(file), "")
        .lines()
        .filter(line -> line.startsWith(key + " "))
        .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  /**
   * Sets how much memory in huge pages may be used and be reserved, where the kernel can tell.
   *
   * @param suffix what the files of limits end in
   */
  void limitHugePages(HugePages most, String suffix) {
    for (String use : List.of(suffix, "rsvd." + suffix)) {
      for (long page : pageSizes(use)) {
        set(hugePages(page, use), most.in(page));
      }
    }
  }

  private List<Long> pageSizes(String suffix) {
    return Stream.iterate(KIBI, page -> page < 1L << 40, page -> page * 2)
        .filter(page -> Files.exists(file(hugePages(page, suffix))))
        .toList();
  }

  /** The kernel's name for a file about pages of one size, such as {@code hugetlb.2MB.max}. */
  private static String hugePages(long page, String suffix) {
    String size =
        page < KIBI * KIBI
            ? page / KIBI + "KB"
            : page < KIBI * KIBI * KIBI
                ? page / KIBI / KIBI + "MB"
                : page / KIBI / KIBI / KIBI + "GB";
    return "hugetlb." + size + "." + suffix;
  }

  List<Integer> processes() {
    return KernelFiles.readOr(file("cgroup.procs"), "")
        .lines()
        .map(Integer::parseInt)
        .filter(pid -> pid != 0)
        .toList();
  }

  List<CgroupDirectory> children() {
    if (isLeaf()) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(Files::isDirectory).sorted().map(CgroupDirectory::new).toList();
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** A directory has a link more for each one in it, so that nobody has to look at all files. */
  private boolean isLeaf() {
    try {
      return Files.getAttribute(path, "unix:nlink").equals(LINKS_OF_LEAF);
    } catch (IOException gone) {
      return true;
    }
  }

  private static void pause(int round) {
    LockSupport.parkNanos(SHORTEST_PAUSE_NANOS << Math.min(round, DOUBLINGS));
  }

  /**
   * Waits for something that the kernel does soon.
   *
   * @throws ContainerException when it does not
   */
  void await(String what, BooleanSupplier done) {
    for (int round = 0; !done.getAsBoolean(); round++) {
      if (round == KILL_ROUNDS) {
        throw new ContainerException("waited in vain for " + what + " in " + path);
      }
      pause(round);
    }
  }

  /** Kills all processes here and below, until none is left or the rounds are. */
  void killAll() {
    for (int round = 0; round < KILL_ROUNDS && killOnce(); round++) {
      pause(round);
    }
  }

  private boolean killOnce() {
    boolean any = false;
    for (CgroupDirectory child : children()) {
      any |= child.killOnce();
    }
    for (int pid : processes()) {
      kill(pid);
      any = true;
    }
    return any;
  }

  private static void kill(int pid) {
    Syscalls linux = Syscalls.linux();
    try {
      int pidfd = linux.pidfd(pid);
      try {
        linux.signal(pidfd, Uapi.SIGKILL);
      } finally {
        linux.close(pidfd);
      }
    } catch (SyscallException gone) {
      // It ended by itself; the next round would find it otherwise.
    }
  }

  /** Removes the group and the groups below. */
  void remove() {
    children().forEach(CgroupDirectory::remove);
    for (int attempt = 1; !isRemoved(attempt); attempt++) {
      pause(attempt);
    }
  }

  private boolean isRemoved(int attempt) {
    try {
      Files.delete(path);
      return true;
    } catch (NoSuchFileException gone) {
      return true;
    } catch (IOException e) {
      if (attempt == REMOVAL_ATTEMPTS) {
        throw new ContainerException(
            "cannot remove the control group " + path + ", in it are " + processes() + ": " + e, e);
      }
      return false;
    }
  }
}

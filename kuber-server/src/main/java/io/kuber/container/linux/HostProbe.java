package io.kuber.container.linux;

import io.kuber.container.HostCapabilities;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds out what the machine offers, without changing anything. */
final class HostProbe {
  private static final List<String> NAMESPACES = List.of("mnt", "net", "ipc", "uts", "pid");
  private static final Path OWN = Path.of("/proc/self");
  private static final int NETLINK_NETFILTER = 12;

  private HostProbe() {}

  static HostCapabilities probe() {
    String kernel = System.getProperty("os.version", "unknown");
    String processor = System.getProperty("os.arch", "");
    boolean supported = processor.equals("amd64") || processor.equals("x86_64");
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return new HostCapabilities(
          kernel, supported, false, false, false, false, false, false, 0, Set.of());
    }
    Cgroups cgroups = Cgroups.ofHost();
    return new HostCapabilities(
        kernel,
        supported,
        isRoot(),
        NAMESPACES.stream().allMatch(name -> Files.exists(OWN.resolve("ns").resolve(name))),
        hasOwnUsers(),
        hasOverlay(Syscalls.linux()),
        Files.exists(Path.of("/proc/sys/kernel/seccomp/actions_avail")),
        hasNfTables(Syscalls.linux()),
        cgroups.version(),
        cgroups.controllers());
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(OWN, "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }

  /** Layers of an overlay are named by mapped mounts, which Linux 6.13 began to take. */
  private static boolean hasOwnUsers() {
    String most = KernelFiles.readOr(Path.of("/proc/sys/user/max_user_namespaces"), "0");
    return Files.exists(OWN.resolve("ns/user"))
        && !most.equals("0")
        && OverlayRoot.kernelIsAtLeast(6, 13);
  }

  /** Beginning a file system loads its module when there is one; nothing gets mounted. */
  private static boolean hasOverlay(Syscalls linux) {
    try {
      linux.close(linux.fsopen("overlay"));
      return true;
    } catch (SyscallException e) {
      return KernelFiles.readOr(Path.of("/proc/filesystems"), "").contains("overlay");
    }
  }

  /** Asks nf_tables for its generation, which it answers whenever it is there. */
  private static boolean hasNfTables(Syscalls linux) {
    int headerBytes = 16;
    short getGeneration = 10 << 8 | 16;
    short request = 1;
    int error = 2;
    byte[] message = new byte[headerBytes + 4];
    ByteBuffer.wrap(message)
        .order(ByteOrder.nativeOrder())
        .putInt(message.length)
        .putShort(getGeneration)
        .putShort(request)
        .putInt(1);
    try {
      int socket = linux.socket(Uapi.AF_NETLINK, Uapi.SOCK_RAW, NETLINK_NETFILTER);
      try {
        linux.sendto(socket, message, 0);
        byte[] answer = new byte[1024];
        int length = linux.recvfrom(socket, answer, 0);
        ByteBuffer header = ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
        return length > headerBytes && header.getShort(4) != error;
      } finally {
        linux.close(socket);
      }
    } catch (SyscallException e) {
      return false;
    }
  }
}

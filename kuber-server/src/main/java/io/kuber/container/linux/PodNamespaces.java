package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.SandboxSpec;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a pod's namespaces and pins each to a file by mounting it there, so that they need no
 * process to stay alive and survive the agent.
 */
final class PodNamespaces {
  private static final int SIOCSIFFLAGS = 0x8914;
  private static final int IFREQ_BYTES = 40;
  private static final int IFREQ_FLAGS = 16;
  private static final short IFF_UP = 1;

  /** The name of the file for a PID namespace. */
  static final String PROCESSES = "pid";

  private PodNamespaces() {}

  /**
   * Makes the namespaces that a sandbox does not take from the machine.
   *
   * @param directory where the files are made
   * @return the files by {@code CLONE_NEW*} flag
   */
  static Map<Long, Path> make(Syscalls linux, SandboxSpec spec, Path directory) {
    Map<Long, String> kinds = kinds(spec);
    if (kinds.isEmpty()) {
      return Map.of();
    }
    Map<Long, Path> shared = shared(spec, directory);
    long own = flags(spec) & ~shared.keySet().stream().reduce(0L, (a, b) -> a | b);
    return NamespaceThread.call(
        "kuber-sandbox-" + spec.id(),
        () -> {
          linux.unshare(own);
          shared.forEach((flag, file) -> enter(linux, flag, file));
          prepare(linux, spec);
          return pinAll(linux, spec, Path.of("/proc/thread-self/ns"), directory);
        });
  }

  /** The pins of other sandboxes, which lie beside this one's. */
  private static Map<Long, Path> shared(SandboxSpec spec, Path directory) {
    Map<Long, Path> shared = new LinkedHashMap<>();
    spec.networkOf()
        .ifPresent(
            id -> shared.put(Uapi.CLONE_NEWNET, directory.resolveSibling(id).resolve("net")));
    spec.queuesOf()
        .ifPresent(
            id -> shared.put(Uapi.CLONE_NEWIPC, directory.resolveSibling(id).resolve("ipc")));
    shared
        .values()
        .forEach(
            file -> {
              if (!Files.exists(file)) {
                throw new ContainerException("sandbox " + spec.id() + ": there is no " + file);
              }
            });
    return shared;
  }

  /**
   * Pins those that a process has, which was started in new ones with these {@link #flags}: a user
   * namespace and others that belong to it, which no thread of a process like this can make.
   */
  static Map<Long, Path> take(Syscalls linux, SandboxSpec spec, int process, Path directory) {
    Path namespaces = Path.of("/proc", Integer.toString(process), "ns");
    Map<Long, Path> files = pinAll(linux, spec, namespaces, directory);
    return NamespaceThread.call(
        "kuber-sandbox-" + spec.id(),
        () -> {
          files.forEach((flag, file) -> enter(linux, flag, file));
          prepare(linux, spec);
          return files;
        });
  }

  private static void enter(Syscalls linux, long flag, Path file) {
    if (flag == Uapi.CLONE_NEWUSER) {
      return; // The machine's root has all rights in the others.
    }
    int descriptor = linux.open(file.toString(), Uapi.O_RDONLY, 0);
    try {
      linux.setns(descriptor, flag);
    } finally {
      linux.close(descriptor);
    }
  }

  /** The {@code CLONE_NEW*} flags of what a sandbox does not take from the machine. */
  static long flags(SandboxSpec spec) {
    return kinds(spec).keySet().stream().reduce(0L, (a, b) -> a | b);
  }

  /** The files that an earlier run has pinned the namespaces of such a sandbox to. */
  static Map<Long, Path> pinned(SandboxSpec spec, Path directory) {
    Map<Long, Path> files = new LinkedHashMap<>();
    kinds(spec).forEach((flag, name) -> files.put(flag, directory.resolve(name)));
    if (spec.processes() == SandboxSpec.ProcessView.POD) {
      files.put(Uapi.CLONE_NEWPID, directory.resolve(PROCESSES));
    }
    return files;
  }

  private static Map<Long, String> kinds(SandboxSpec spec) {
    Map<Long, String> kinds = new LinkedHashMap<>();
    if (spec.ownUsers()) {
      kinds.put(Uapi.CLONE_NEWUSER, "user");
    }
    if (!spec.hostNetwork()) {
      kinds.put(Uapi.CLONE_NEWNET, "net");
      kinds.put(Uapi.CLONE_NEWUTS, "uts");
    }
    if (!spec.hostIpc()) {
      kinds.put(Uapi.CLONE_NEWIPC, "ipc");
    }
    return kinds;
  }

  private static void prepare(Syscalls linux, SandboxSpec spec) {
    if (!spec.hostNetwork()) {
      linux.setHostname(spec.hostname());
      if (spec.networkOf().isEmpty()) {
        bringUpLoopback(linux);
      }
    }
    spec.sysctls().forEach(PodNamespaces::setSysctl);
  }

  private static Map<Long, Path> pinAll(
      Syscalls linux, SandboxSpec spec, Path namespaces, Path directory) {
    Map<Long, Path> files = new LinkedHashMap<>();
    kinds(spec)
        .forEach(
            (flag, name) ->
                files.put(flag, pin(linux, namespaces.resolve(name), directory.resolve(name))));
    return files;
  }

  static Path pin(Syscalls linux, Path namespace, Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new ContainerException("cannot make " + file + ": " + e, e);
    }
    linux.mount(namespace.toString(), file.toString(), "", Uapi.MS_BIND, "");
    return file;
  }

  private static void bringUpLoopback(Syscalls linux) {
    byte[] request = new byte[IFREQ_BYTES];
    byte[] name = "lo".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, request, 0, name.length);
    ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).putShort(IFREQ_FLAGS, IFF_UP);
    int socket = linux.socket(Uapi.AF_INET, Uapi.SOCK_DGRAM, 0);
    try {
      linux.ioctl(socket, SIOCSIFFLAGS, request);
    } finally {
      linux.close(socket);
    }
  }

  /** Parameters of namespaces are those of the thread that writes them. */
  private static void setSysctl(String name, String value) {
    KernelFiles.write(Path.of("/proc/sys", name.replace('.', '/')), value);
  }

  /** Lets go of a pin; it is no matter when it is not one. */
  static void unpin(Syscalls linux, Path file) {
    try {
      linux.umount(file.toString(), Uapi.MNT_DETACH);
    } catch (SyscallException notMounted) {
      // The sandbox was never finished, or takes this namespace from the machine.
    }
  }
}

package io.kuber.container.linux;

import static io.kuber.linux.Uapi.AT_FDCWD;
import static io.kuber.linux.Uapi.MOVE_MOUNT_F_EMPTY_PATH;
import static io.kuber.linux.Uapi.O_PATH;
import static io.kuber.linux.Uapi.S_IFCHR;
import static io.kuber.linux.Uapi.S_IFREG;

import io.kuber.linux.Argument.Inherited;
import io.kuber.linux.Call;
import io.kuber.linux.Program;
import io.kuber.linux.Syscalls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The devices that every container has. Where its root may not make any, because it is root of a
 * user namespace, each is a mount of the machine's.
 *
 * @param clones detached mounts of the machine's devices by name; empty when nodes are made
 */
record DeviceNodes(Map<String, Integer> clones) {
  private static final int CHARACTER_DEVICE_FOR_ALL = S_IFCHR | 0666;

  private record Node(String name, int major, int minor) {}

  private static final List<Node> NODES =
      List.of(
          new Node("null", 1, 3),
          new Node("zero", 1, 5),
          new Node("full", 1, 7),
          new Node("random", 1, 8),
          new Node("urandom", 1, 9),
          new Node("tty", 5, 0));

  /** Nodes that the container's root makes. */
  static final DeviceNodes MADE = new DeviceNodes(Map.of());

  /** Mounts of the machine's; {@code opened} closes the clones. */
  static DeviceNodes cloned(Syscalls linux, Descriptors opened) {
    Map<String, Integer> clones = new LinkedHashMap<>();
    for (Node node : NODES) {
      int device = opened.add(linux.open("/dev/" + node.name(), O_PATH, 0));
      clones.put(node.name(), opened.add(linux.cloneTree(device)));
    }
    return new DeviceNodes(clones);
  }

  /** Adds the steps, which need an empty {@code /dev}. */
  void addTo(Program program) {
    for (Node node : NODES) {
      String path = "/dev/" + node.name();
      Integer clone = clones.get(node.name());
      if (clone == null) {
        int number = node.major() << 8 | node.minor();
        program.must(Call.MKNODAT, AT_FDCWD, path, CHARACTER_DEVICE_FOR_ALL, number);
      } else {
        program.must(Call.MKNODAT, AT_FDCWD, path, S_IFREG, 0);
        program.must(
            Call.MOVE_MOUNT, new Inherited(clone), "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH);
      }
    }
  }
}

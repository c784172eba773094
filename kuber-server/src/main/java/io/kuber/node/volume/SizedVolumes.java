package io.kuber.node.volume;

import io.kuber.linux.Ext4;
import io.kuber.linux.LoopDevices;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import io.kuber.node.volume.DiskPlanner.State;
import io.kuber.node.volume.DiskPlanner.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disks of volumes that have a size: below {@code <root>/<volume>}, {@code disk} is the content,
 * a file with holes; {@code mount} is where its file system is mounted while pods use it; {@code
 * users} has an empty file for each of those pods, so that a node that was killed finds out whom it
 * was for. For any thread; the monitor lets one at a time change disks.
 *
 * <p><b>Invariant:</b> a file has one device at most, and a device whose disk nobody uses is taken
 * away.
 */
public final class SizedVolumes {
  private static final Logger LOG = LoggerFactory.getLogger(SizedVolumes.class);
  private static final int READ_WRITE_FOR_OWNER = 0600;

  private final Path root;
  private final Path pods;
  private final VolumeMounts mounts;
  private final Syscalls linux = Syscalls.linux();
  private final LoopDevices devices = new LoopDevices(linux);

  /** Pods that use disks in this run, whose directories may not be there yet. */
  private final Set<String> users = new HashSet<>();

  /**
   * Disks of a node.
   *
   * @param root has a directory for each volume
   * @param pods has a directory for each pod, named by its uid
   */
  public SizedVolumes(Path root, Path pods, VolumeMounts mounts) {
    this.root = root;
    this.pods = pods;
    this.mounts = mounts;
  }

  /**
   * A disk, ready for a pod: made, attached, mounted and as large as it is to be. May be repeated.
   *
   * @param user the pod's uid
   * @return the directory where the file system is mounted, or the device of a raw disk
   * @throws VolumeException when the machine cannot have such a disk
   */
  public synchronized Path take(Disk disk, String user) throws IOException {
    if (!LoopDevices.areThere()) {
      throw new VolumeException(
          "this node has no loop devices, which volumes of a size need; load them with: modprobe"
              + " loop");
    }
    Path own = root.resolve(disk.name());
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(own.resolve("users"));
    Path marker = own.resolve("users").resolve(user);
    if (!Files.exists(marker)) {
      Files.createFile(marker);
    }
    users.add(user);
    try {
      run(DiskPlanner.toUse(state(disk.name()), disk.bytes(), disk.raw()), disk);
    } catch (SyscallException e) {
      throw new VolumeException("its disk cannot be used: " + e.getMessage());
    }
    return disk.raw() ? device(disk.name()).orElseThrow() : mount(disk.name());
  }

  /**
   * Lets a disk in use grow.
   *
   * @return whether it has its size now; one that nobody uses grows when it is taken
   */
  public synchronized boolean grow(Disk disk) throws IOException {
    List<Step> steps = DiskPlanner.toGrow(state(disk.name()), disk.bytes(), disk.raw());
    run(steps, disk);
    return !steps.isEmpty();
  }

  private State state(String name) throws IOException {
    Path file = file(name);
    boolean made = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    return new State(
        made ? Files.size(file) : -1, device(name).isPresent(), mounts.isMounted(mount(name)));
  }

  private Optional<Path> device(String name) throws IOException {
    Path file = file(name);
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? devices.of(file) : Optional.empty();
  }

  private Path file(String name) {
    return root.resolve(name).resolve("disk");
  }

  private Path mount(String name) {
    return root.resolve(name).resolve("mount");
  }

  private void run(List<Step> steps, Disk disk) throws IOException {
    String name = disk.name();
    for (Step step : steps) {
      switch (step) {
        case MAKE -> make(disk);
        case EXTEND -> {
          tellRoom(disk);
          resize(file(name), disk.bytes());
        }
        case ATTACH -> devices.attach(file(name));
        case FIT -> devices.fit(devices.attach(file(name)));
        case MOUNT -> {
          Path directory = Files.createDirectories(mount(name));
          mounts.disk(directory, devices.attach(file(name)), disk.options());
        }
        case GROW -> Ext4.grow(linux, mount(name), Files.size(file(name)));
      }
    }
  }

  /** What stands under its name is whole, whenever this ends before its time. */
  private void make(Disk disk) throws IOException {
    tellRoom(disk);
    Path half = root.resolve(disk.name()).resolve("half");
    Files.deleteIfExists(half);
    try {
      resize(half, disk.bytes());
      if (!disk.raw()) {
        Formatting.format(half);
      }
      Files.move(half, file(disk.name()), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private void resize(Path file, long bytes) {
    int opened = linux.open(file.toString(), Uapi.O_RDWR | Uapi.O_CREAT, READ_WRITE_FOR_OWNER);
    try {
      linux.truncate(opened, bytes);
    } finally {
      linux.close(opened);
    }
  }

  /** A file with holes may promise more than there is; whoever keeps the machine has to know. */
  private void tellRoom(Disk disk) {
    long available = linux.statfs(root.toString()).available();
    if (available < disk.bytes()) {
      LOG.warn(
          "volume {} is to hold {} bytes, and this node's disk has {} left",
          disk.name(),
          disk.bytes(),
          available);
    }
  }

  /** A pod has ended: what nobody else uses is unmounted and detached. May be repeated. */
  public synchronized void release(String user) {
    users.remove(user);
    leaveAll(user);
  }

  /** Unmounts and detaches disks whose pods are gone, such as those of an earlier run. */
  public synchronized void sweep() {
    leaveAll("");
  }

  private void leaveAll(String released) {
    try (Stream<Path> all = Files.list(root)) {
      for (Path own : all.filter(each -> Files.isDirectory(each.resolve("users"))).toList()) {
        leave(own, released);
      }
    } catch (IOException e) {
      if (Files.isDirectory(root)) {
        LOG.warn("disks that nobody uses stay attached: {}", e.toString());
      }
    }
  }

  private void leave(Path own, String released) throws IOException {
    boolean left = false;
    boolean used = false;
    try (Stream<Path> markers = Files.list(own.resolve("users"))) {
      for (Path marker : markers.toList()) {
        String user = marker.getFileName().toString();
        boolean over =
            user.equals(released)
                || !users.contains(user) && !Files.isDirectory(pods.resolve(user));
        if (over) {
          Files.delete(marker);
        }
        left |= over;
        used |= !over;
      }
    }
    if (left && !used) {
      detach(own.getFileName().toString());
    }
  }

  /**
   * Unmounts and detaches a disk that is to be deleted, whoever used it.
   *
   * @throws IOException when its device cannot be found
   */
  public synchronized void detach(String name) throws IOException {
    if (Files.isDirectory(mount(name), LinkOption.NOFOLLOW_LINKS)) {
      mounts.unmountAll(mount(name).toRealPath());
    }
    Optional<Path> device = device(name);
    if (device.isPresent()) {
      devices.detach(device.get());
    }
  }
}

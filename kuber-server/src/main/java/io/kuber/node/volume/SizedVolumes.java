package io.kuber.node.volume;

import io.kuber.linux.Errno;
import io.kuber.linux.Ext4;
import io.kuber.linux.LoopDevices;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.node.volume.DiskPlanner.State;
import io.kuber.node.volume.DiskPlanner.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disks of volumes that have a size: below {@code <root>/<volume>}, {@link DiskFile} is the
 * content; {@code mount} is where its file system is mounted while pods use it; {@code users} has
 * an empty file for each of those pods, so that a node that was killed finds out whom it was for.
 * For any thread; the monitor lets one at a time change disks.
 *
 * <p><b>Invariant:</b> a file has one device at most, and a device whose disk nobody uses is taken
 * away.
 */
public final class SizedVolumes {
  private static final Logger LOG = LoggerFactory.getLogger(SizedVolumes.class);

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
      State state = state(disk.name());
      run(DiskPlanner.toUse(state, reachable(disk, state), disk.raw()), disk);
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
    State state = state(disk.name());
    List<Step> steps = DiskPlanner.toGrow(state, reachable(disk, state), disk.raw());
    run(steps, disk);
    DiskFile content = content(disk.name());
    long has = disk.raw() ? content.bytes() : content.filled();
    return !steps.isEmpty() && has >= disk.bytes();
  }

  /** A disk that is there stays as it is, and in use, where its new size is none to have here. */
  private long reachable(Disk disk, State state) {
    if (state.bytes() < 0 || content(disk.name()).mayHold(disk.bytes())) {
      return disk.bytes();
    }
    LOG.warn(
        "volume {} stays as large as it is: {} bytes are more than this node's disk has altogether",
        disk.name(),
        disk.bytes());
    return state.bytes();
  }

  private State state(String name) throws IOException {
    DiskFile content = content(name);
    return new State(
        content.bytes(), content.filled(), device(name).isPresent(), mounts.isMounted(mount(name)));
  }

  private Optional<Path> device(String name) throws IOException {
    DiskFile content = content(name);
    return content.isThere() ? devices.of(content.path()) : Optional.empty();
  }

  private DiskFile content(String name) {
    return new DiskFile(root.resolve(name));
  }

  private Path mount(String name) {
    return root.resolve(name).resolve("mount");
  }

  private void run(List<Step> steps, Disk disk) throws IOException {
    DiskFile content = content(disk.name());
    for (Step step : steps) {
      switch (step) {
        case MAKE -> content.make(disk);
        case EXTEND -> content.extend(disk);
        case ATTACH -> devices.attach(content.path());
        case FIT -> devices.fit(devices.attach(content.path()));
        case ENLARGE -> {
          FileSystems.enlarge(devices.attach(content.path()));
          content.fill(content.bytes());
        }
        case MOUNT -> {
          Path directory = Files.createDirectories(mount(disk.name()));
          mounts.disk(directory, devices.attach(content.path()), disk.options());
        }
        case GROW -> growMounted(disk.name(), content);
      }
    }
  }

  /** Without the right to it, the file system grows when its pods have gone and others come. */
  private void growMounted(String name, DiskFile content) throws IOException {
    try {
      Ext4.grow(linux, mount(name), content.bytes());
      content.fill(content.bytes());
    } catch (SyscallException e) {
      if (!e.is(Errno.EPERM)) {
        throw e;
      }
      LOG.warn(
          "volume {} grows when its next pod starts: this node may not let file systems grow that"
              + " are mounted (CAP_SYS_RESOURCE)",
          name);
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
        tryToLeave(own, released);
      }
    } catch (IOException e) {
      if (Files.isDirectory(root)) {
        LOG.warn("disks that nobody uses stay attached: {}", e.toString());
      }
    }
  }

  /** What does not succeed is done again when the next pod ends, and disturbs no other disk. */
  private void tryToLeave(Path own, String released) {
    try {
      leave(own, released);
    } catch (IOException | SyscallException e) {
      LOG.warn("the disk of volume {} stays attached: {}", own.getFileName(), e.toString());
    }
  }

  /** The markers go last, so that a run that is killed in between leaves what it did not do. */
  private void leave(Path own, String released) throws IOException {
    List<Path> left = new ArrayList<>();
    boolean used = false;
    try (Stream<Path> markers = Files.list(own.resolve("users"))) {
      for (Path marker : markers.toList()) {
        String user = marker.getFileName().toString();
        boolean over =
            user.equals(released)
                || !users.contains(user) && !Files.isDirectory(pods.resolve(user));
        if (over) {
          left.add(marker);
        }
        used |= !over;
      }
    }
    if (!left.isEmpty() && !used) {
      detach(own.getFileName().toString());
    }
    for (Path marker : left) {
      Files.delete(marker);
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

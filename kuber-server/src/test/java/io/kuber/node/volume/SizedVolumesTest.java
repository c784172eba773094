package io.kuber.node.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.linux.LoopDevices;
import io.kuber.linux.Syscalls;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks made for real, with loop devices and mounts of this machine. */
final class SizedVolumesTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final String NAME = "pvc-1";
  private static final int CAP_SYS_RESOURCE = 24;

  @TempDir private Path directory;

  private final LoopDevices devices = new LoopDevices(Syscalls.linux());
  private SizedVolumes disks;

  @BeforeEach
  void begin() throws IOException {
    assumeTrue(LoopDevices.areThere(), "needs loop devices: modprobe loop");
    assumeTrue(FileSystems.canBeMade(), "needs mkfs.ext4 of the package e2fsprogs");
    assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    Files.createDirectories(volume());
    disks = started();
  }

  @AfterEach
  void end() throws IOException {
    if (disks != null) {
      disks.detach(NAME);
      assertThat(device()).isEmpty();
    }
  }

  private SizedVolumes started() {
    return new SizedVolumes(
        directory.resolve("volumes"), directory.resolve("pods"), VolumeMounts.ofMachine());
  }

  private Path volume() {
    return directory.resolve("volumes").resolve(NAME);
  }

  private Optional<Path> device() throws IOException {
    Path file = volume().resolve("disk");
    return Files.exists(file) ? devices.of(file) : Optional.empty();
  }

  private static Disk files(long mebibytes) {
    return new Disk(NAME, mebibytes * MEBIBYTE, false, List.of("noatime"));
  }

  private static Disk raw(long mebibytes) {
    return new Disk(NAME, mebibytes * MEBIBYTE, true, List.of());
  }

  private static long capacity(Path mounted) {
    return Syscalls.linux().statfs(mounted.toString()).capacity() / MEBIBYTE;
  }

  private static long effectiveCapabilities() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("CapEff:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void endsAtItsSizeAndTakesNoMoreOfTheMachineThanIsWritten() throws IOException {
    Path mounted = disks.take(files(64), "a");
    assertThat(capacity(mounted)).isBetween(50L, 64L);
    assertThat(Files.size(volume().resolve("disk"))).isEqualTo(64 * MEBIBYTE);
    assertThat(Syscalls.linux().statx(volume().resolve("disk").toString()).bytes())
        .isLessThan(32 * MEBIBYTE);
    assertThatThrownBy(() -> Files.write(mounted.resolve("large"), new byte[(int) (70 * MEBIBYTE)]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
    Files.delete(mounted.resolve("large"));
    Files.writeString(mounted.resolve("table"), "row");
    disks.release("a");
    assertThat(mounted).isEmptyDirectory();
    assertThat(device()).isEmpty();
    assertThat(disks.take(files(64), "b").resolve("table")).hasContent("row");
  }

  @Test
  void growsWhileItIsUsedIfTheKernelLetsItAndWhenItIsTakenAgain() throws IOException {
    Path mounted = disks.take(files(32), "a");
    Files.writeString(mounted.resolve("table"), "row");
    boolean mayGrow = (effectiveCapabilities() >> CAP_SYS_RESOURCE & 1) == 1;
    assertThat(disks.grow(files(128))).isEqualTo(mayGrow);
    assertThat(disks.take(files(128), "b")).isEqualTo(mounted);
    assertThat(capacity(mounted) > 100).isEqualTo(mayGrow);
    disks.release("a");
    disks.release("b");
    disks.take(files(128), "a");
    assertThat(capacity(mounted)).isBetween(110L, 128L);
    assertThat(disks.grow(files(16))).isTrue();
    assertThat(capacity(mounted)).isBetween(110L, 128L);
    disks.release("a");
    assertThat(disks.grow(files(256))).isFalse();
    disks.take(files(256), "a");
    assertThat(capacity(mounted)).isBetween(220L, 256L);
    assertThat(mounted.resolve("table")).hasContent("row");
  }

  @Test
  void staysForOtherPodsThatUseIt() throws IOException {
    Path mounted = disks.take(files(16), "a");
    assertThat(disks.take(files(16), "b")).isEqualTo(mounted);
    Path device = device().orElseThrow();
    disks.release("a");
    assertThat(device()).contains(device);
    assertThat(VolumeMounts.ofMachine().isMounted(mounted)).isTrue();
    disks.release("b");
    assertThat(device()).isEmpty();
  }

  @Test
  void findsWhatAKilledRunLeftAndTakesAwayWhatNobodyUses() throws IOException {
    Files.createDirectories(directory.resolve("pods/a"));
    Path mounted = disks.take(files(16), "a");
    Path device = device().orElseThrow();
    SizedVolumes next = started();
    next.sweep();
    assertThat(next.take(files(16), "a")).isEqualTo(mounted);
    assertThat(device()).contains(device);
    Files.delete(directory.resolve("pods/a"));
    started().sweep();
    assertThat(device()).isEmpty();
    assertThat(VolumeMounts.ofMachine().isMounted(mounted)).isFalse();
  }

  @Test
  void takesAwayWhatARunLeftThatWasKilledWhileItDidSo() throws IOException {
    disks.take(raw(16), "a");
    Files.createDirectories(volume().resolve("mount"));
    VolumeMounts killing =
        (VolumeMounts)
            Proxy.newProxyInstance(
                VolumeMounts.class.getClassLoader(),
                new Class<?>[] {VolumeMounts.class},
                (mounts, method, arguments) -> {
                  throw new IllegalStateException("killed");
                });
    SizedVolumes killed =
        new SizedVolumes(directory.resolve("volumes"), directory.resolve("pods"), killing);
    assertThatThrownBy(killed::sweep).hasMessage("killed");
    assertThat(device()).isPresent();
    started().sweep();
    assertThat(device()).isEmpty();
  }

  @Test
  void neverGivesOneFileTwoDevices() throws IOException {
    Path device = disks.take(raw(16), "a");
    Path file = volume().resolve("disk");
    assertThat(devices.attach(file)).isEqualTo(device);
    int busy = Syscalls.linux().open(device.toString(), 0, 0);
    try {
      disks.release("a");
      assertThat(disks.take(raw(16), "b")).isEqualTo(device);
    } finally {
      Syscalls.linux().close(busy);
    }
    assertThat(device()).contains(device);
  }

  @Test
  void givesTheDeviceOfARawDisk() throws IOException {
    Path device = disks.take(raw(16), "a");
    assertThat(Syscalls.linux().open(device.toString(), 0, 0)).satisfies(this::reads);
    assertThat(disks.grow(raw(24))).isTrue();
    assertThat(sectors(device)).isEqualTo(24 * MEBIBYTE / 512);
  }

  private void reads(int opened) {
    byte[] first = new byte[512];
    assertThat(Syscalls.linux().read(opened, first, 0, first.length)).isEqualTo(512);
    assertThat(first).containsOnly(0);
    Syscalls.linux().close(opened);
  }

  private static long sectors(Path device) throws IOException {
    return Long.parseLong(
        Files.readString(Path.of("/sys/block").resolve(device.getFileName()).resolve("size"))
            .strip());
  }

  @Test
  void saysWhyADiskCannotBeAndLeavesNothingHalfMade() {
    assertThatThrownBy(() -> disks.take(new Disk(NAME, 4096, false, List.of()), "a"))
        .isInstanceOf(VolumeException.class)
        .hasMessageContaining("mkfs.ext4 failed with exit code");
    assertThat(volume().resolve("disk")).doesNotExist();
    assertThat(volume().resolve("half")).doesNotExist();
    assertThatThrownBy(
            () -> disks.take(new Disk(NAME, 16 * MEBIBYTE, false, List.of("nonsense")), "a"))
        .isInstanceOf(VolumeException.class)
        .hasMessageContaining("mount failed");
  }

  @Test
  void neverFillsTheMachineWithWhatItCannotHold() throws IOException {
    Disk huge = new Disk(NAME, Long.MAX_VALUE, false, List.of());
    assertThatThrownBy(() -> disks.take(huge, "a"))
        .isInstanceOf(VolumeException.class)
        .hasMessageContaining("altogether");
    assertThat(volume().resolve("half")).doesNotExist();
    Path mounted = disks.take(files(16), "a");
    assertThat(disks.grow(huge)).isFalse();
    disks.release("a");
    assertThat(disks.take(huge, "a")).isEqualTo(mounted);
    assertThat(capacity(mounted)).isBetween(8L, 16L);
  }

  @Test
  void findsOutAnewHowMuchOfADiskIsUsedWhereThatWasLost() throws IOException {
    Path mounted = disks.take(files(16), "a");
    Files.writeString(mounted.resolve("table"), "row");
    disks.release("a");
    Files.writeString(volume().resolve("size"), "");
    assertThat(disks.take(files(32), "b").resolve("table")).hasContent("row");
    assertThat(capacity(mounted)).isBetween(24L, 32L);
  }
}

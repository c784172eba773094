package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.ContainerMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A block device that a container was given, by the kernel's numbers.
 *
 * @param readOnly whether it may only read
 */
record BlockDevice(int major, int minor, boolean readOnly) {
  /** Those among the mounts of a container. */
  static List<BlockDevice> of(List<ContainerMount> mounts) {
    return mounts.stream()
        .filter(ContainerMount.Device.class::isInstance)
        .map(ContainerMount.Device.class::cast)
        .map(device -> of(device.source(), device.readOnly()))
        .toList();
  }

  private static BlockDevice of(Path path, boolean readOnly) {
    try {
      long number = ((Number) Files.getAttribute(path, "unix:rdev")).longValue();
      return of(number, readOnly);
    } catch (IOException e) {
      throw new ContainerException("cannot give the container " + path + ": " + e, e);
    }
  }

  /** From both in one number, as stat(2) has them. */
  static BlockDevice of(long number, boolean readOnly) {
    return new BlockDevice(
        (int) (number >> 8 & 0xfff), (int) (number & 0xff | number >> 12 & 0xfff00), readOnly);
  }

  /** As a line of {@code devices.allow}. */
  String rule() {
    return "b " + major + ":" + minor + (readOnly ? " r" : " rw");
  }
}

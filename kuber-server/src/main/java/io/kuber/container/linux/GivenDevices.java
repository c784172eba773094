package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerSpec;
import io.kuber.container.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The devices that a container may use because it was given them. */
final class GivenDevices {
  private GivenDevices() {}

  /** Those that it is allowed to use, and the block devices among its mounts. */
  static List<Device> of(ContainerSpec spec) {
    Stream<Device> mounted =
        spec.mounts().stream()
            .filter(ContainerMount.Device.class::isInstance)
            .map(ContainerMount.Device.class::cast)
            .map(device -> of(device.source(), device.readOnly()));
    return Stream.concat(spec.security().devices().stream(), mounted).toList();
  }

  private static Device of(Path path, boolean readOnly) {
    try {
      return block(((Number) Files.getAttribute(path, "unix:rdev")).longValue(), readOnly);
    } catch (IOException e) {
      throw new ContainerException("cannot give the container " + path + ": " + e, e);
    }
  }

  /** A block device by its major and minor number in one, as stat(2) has them. */
  static Device block(long number, boolean readOnly) {
    return new Device(
        true,
        (int) (number >> 8 & 0xfff),
        (int) (number & 0xff | number >> 12 & 0xfff00),
        readOnly ? "r" : "rw");
  }
}

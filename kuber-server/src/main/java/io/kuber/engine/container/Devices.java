package io.kuber.engine.container;

import io.kuber.container.ContainerMount;
import io.kuber.container.Device;
import io.kuber.engine.EngineException;
import io.kuber.linux.Uapi;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The devices of the machine that a container gets ({@code --device}). */
final class Devices {
  private Devices() {}

  /**
   * What it may do with them.
   *
   * @throws EngineException 400 when one is none, or cannot be looked at
   */
  static List<Device> of(Tree host) {
    List<Device> devices = new ArrayList<>();
    for (Tree said : host.items("Devices").trees()) {
      String rights = said.text("CgroupPermissions");
      devices.add(device(said.text("PathOnHost"), rights.isEmpty() ? "rwm" : rights));
    }
    return devices;
  }

  private static Device device(String path, String rights) {
    try {
      int mode = (int) Files.getAttribute(Path.of(path), "unix:mode") & Uapi.S_IFMT;
      if (mode != Uapi.S_IFCHR && mode != Uapi.S_IFBLK) {
        throw EngineException.malformed("--device: " + path + " is not a device node");
      }
      long number = ((Number) Files.getAttribute(Path.of(path), "unix:rdev")).longValue();
      return new Device(mode == Uapi.S_IFBLK, major(number), minor(number), rights);
    } catch (IOException | IllegalArgumentException e) {
      throw new EngineException(
          400, "--device: error gathering device information of " + path + ": " + e, e);
    }
  }

  /** As the C library puts a number together (sys/sysmacros.h). */
  static int major(long number) {
    return (int) (number >>> 8 & 0xfff | number >>> 32 & ~0xfff);
  }

  static int minor(long number) {
    return (int) (number & 0xff | number >>> 12 & ~0xff);
  }

  /** Where they are in the container. */
  static List<ContainerMount> mounts(Tree host) {
    List<ContainerMount> mounts = new ArrayList<>();
    for (Tree said : host.items("Devices").trees()) {
      String inside = said.text("PathInContainer");
      String path = said.text("PathOnHost");
      mounts.add(new ContainerMount.Bind(Path.of(path), inside.isEmpty() ? path : inside, false));
    }
    return mounts;
  }
}

package io.kuber.node.volume;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.resource.LocalVolume;
import java.util.List;

/**
 * A disk that a node keeps for a persistent volume, as the object asks for it.
 *
 * @param name of the volume
 * @param bytes its size, in whole blocks
 * @param raw whether containers get the device itself
 * @param options with which its file system is mounted, as mount(8) takes them
 */
public record Disk(String name, long bytes, boolean raw, List<String> options) {
  /** Sizes are rounded up to it; the least that a file system can be mapped in. */
  private static final long STEP = 4096;

  private static final long MOST = Long.MAX_VALUE / STEP * STEP;

  public Disk {
    bytes = bytes > Long.MAX_VALUE - STEP ? MOST : (bytes + STEP - 1) / STEP * STEP;
    options = List.copyOf(options);
  }

  /** What the object of a volume asks for; says nothing about directories. */
  public static Disk of(KubeObject volume) {
    return new Disk(
        volume.name(),
        Quantity.of(volume.spec().at("capacity", "storage")).value(),
        volume.spec().text("volumeMode").equals("Block"),
        volume.spec().items("mountOptions").texts());
  }

  /** Whether the data of a volume is a disk, rather than a directory. */
  public static boolean is(KubeObject volume) {
    return LocalVolume.of(volume).filter(LocalVolume::isSized).isPresent();
  }
}

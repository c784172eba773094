package io.kuber.node.volume;

import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;

/** A kind of volume: one field of core/v1 VolumeSource or PersistentVolumeSource. */
interface VolumeKind {
  /** The field that declares a volume of this kind. */
  String field();

  /** Whether its content follows objects, so that it has to be made again when they change. */
  default boolean follows() {
    return false;
  }

  /** Whether persistent volumes of this kind may be block devices. */
  default boolean hasDevices() {
    return false;
  }

  /**
   * Makes the volume, or finds it as an earlier run left it and brings it up to date.
   *
   * @throws VolumeException when that is not possible as the cluster or the machine stands
   */
  Made make(Request request) throws IOException;

  /**
   * What is to be made.
   *
   * @param name of the volume in its pod
   * @param source the value of the field
   * @param directory of this kind's and name's own, which need not exist yet
   * @param pod whose volume it is
   * @param sources what the cluster has to say
   * @param mounts the machine's table of mounts
   */
  record Request(
      String name,
      Tree source,
      Path directory,
      VolumePod pod,
      VolumeSources sources,
      VolumeMounts mounts) {
    /** The same with another source, for kinds that stand for others. */
    Request with(Tree other) {
      return new Request(name, other, directory, pod, sources, mounts);
    }
  }
}

package io.kuber.node.volume;

import io.kuber.object.Tree;
import java.util.Map;

/** Where the files of volumes come from that are made of objects. */
public interface VolumeFiles {
  /**
   * The files of a volume source, by their relative path.
   *
   * @param kind {@code configMap}, {@code secret}, {@code downwardAPI} or {@code
   *     serviceAccountToken}
   * @param source the source as the pod declares it
   */
  Map<String, byte[]> files(String kind, Tree source);
}

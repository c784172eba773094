package io.kuber.node.volume;

import io.kuber.node.volume.VolumeKind.Request;
import io.kuber.object.Tree;
import java.util.Map;

/** Makes files of what the cluster has to say: one field of core/v1 VolumeProjection. */
interface Projection {
  /** The field that declares it. */
  String field();

  /**
   * The files by their path in the volume, in a defined order.
   *
   * @param source the value of the field
   * @param mode of files that have none of their own
   * @param request for which volume; only its pod and its sources count
   * @throws VolumeException when something is missing
   */
  Map<String, ProjectedFile> files(Tree source, int mode, Request request);
}

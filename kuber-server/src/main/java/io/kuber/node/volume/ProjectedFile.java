package io.kuber.node.volume;

import java.util.OptionalLong;

/**
 * A file of a volume that is made of objects.
 *
 * @param mode its permissions, before the pod's group gets its share
 * @param owner the user it belongs to, if not to root
 */
record ProjectedFile(byte[] content, int mode, OptionalLong owner) {
  static ProjectedFile of(byte[] content, int mode) {
    return new ProjectedFile(content, mode, OptionalLong.empty());
  }
}

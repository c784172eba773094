package io.kuber.node.volume;

import io.kuber.resource.LocalVolume;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code csi} of persistent volumes, with kuber's own driver: a directory or a disk that this node
 * keeps for as long as the volume exists.
 */
final class KeptVolume implements VolumeKind {
  @Override
  public String field() {
    return "csi";
  }

  @Override
  public boolean hasDevices() {
    return true;
  }

  @Override
  public Made make(Request request) throws IOException {
    String driver = request.source().text("driver");
    if (!driver.equals(LocalVolume.DRIVER)) {
      throw new VolumeException(
          "driver name " + driver + " not found in the list of registered CSI drivers");
    }
    Path path = request.sources().kept(request.source().text("volumeHandle"));
    boolean readOnly = request.source().isTrue("readOnly");
    if (request.source().isTrue(Claim.BLOCK)) {
      return new Made.Device(path, readOnly);
    }
    if (!readOnly) {
      FileGroup.of(request.pod(), false).give(path);
    }
    return new Made.Place(path, readOnly);
  }
}

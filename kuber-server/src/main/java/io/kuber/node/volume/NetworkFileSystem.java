package io.kuber.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code nfs}: a directory of a server, mounted on the machine while the pod is here. */
final class NetworkFileSystem implements VolumeKind {
  @Override
  public String field() {
    return "nfs";
  }

  @Override
  public Made make(Request request) throws IOException {
    Path path = Files.createDirectories(request.directory());
    boolean readOnly = request.source().isTrue("readOnly");
    if (!request.mounts().isMounted(path)) {
      request
          .mounts()
          .nfs(
              path,
              request.source().text("server"),
              request.source().text("path"),
              request.source().items(Claim.MOUNT_OPTIONS).texts(),
              readOnly);
    }
    return new Made.Place(path, readOnly);
  }
}

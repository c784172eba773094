package io.kuber.node.volume;

import io.kuber.node.volume.VolumeKind.Request;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code serviceAccountToken}: a token with which the pod shows who it is. Where it is known which
 * user or group needs it, nobody else may read it (upstream pkg/volume/projected).
 */
record TokenFiles() implements Projection {
  private static final long DEFAULT_SECONDS = 3600;
  private static final int FOR_OWNER = 0600;

  @Override
  public String field() {
    return "serviceAccountToken";
  }

  @Override
  public Map<String, ProjectedFile> files(Tree source, int mode, Request request) {
    String token =
        request
            .sources()
            .token(source.text("audience"), source.number(DEFAULT_SECONDS, "expirationSeconds"));
    VolumePod pod = request.pod();
    boolean readerIsKnown = pod.user().isPresent() || pod.group().isPresent();
    ProjectedFile file =
        new ProjectedFile(
            token.getBytes(StandardCharsets.UTF_8), readerIsKnown ? FOR_OWNER : mode, pod.user());
    return Map.of(source.text("path"), file);
  }
}

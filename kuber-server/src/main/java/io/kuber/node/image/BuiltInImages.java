package io.kuber.node.image;

import com.google.common.hash.Hashing;
import io.kuber.container.ContainerMount;
import io.kuber.container.ProcessSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The images that are there without a network, made at first use. */
final class BuiltInImages implements ImageStore {
  static final String HOST = "kuber.io/host";
  static final String KUARD = "kuber.io/kuard";

  private final HostImage host;
  private final KuardLayer kuard;

  BuiltInImages(Path directory) {
    this.host = new HostImage(directory.resolve("host"));
    this.kuard = new KuardLayer(directory.resolve("kuard"));
  }

  @Override
  public Optional<Image> present(String reference) {
    try {
      return switch (repository(reference)) {
        case HOST -> Optional.of(host(reference));
        case KUARD -> Optional.of(kuard(reference));
        default -> Optional.empty();
      };
    } catch (IOException e) {
      throw new ImagePullException("cannot make " + reference + ": " + e, e);
    }
  }

  @Override
  public CompletionStage<Image> pull(
      String reference, List<PullSecret> secrets, PullListener listener) {
    return present(reference)
        .map(CompletableFuture::completedStage)
        .orElseGet(
            () ->
                CompletableFuture.failedStage(
                    new ImagePullException(
                        "cannot pull "
                            + reference
                            + "; built-in images: "
                            + String.join(", ", HOST, KUARD))));
  }

  /** They take no room, and there is nothing to be told of them. */
  @Override
  public List<ImageSummary> list() {
    return List.of();
  }

  @Override
  public void collect(Set<String> inUse) {
    // What takes no room need not go.
  }

  @Override
  public void close() {
    // Nothing is under way.
  }

  private Image host(String reference) throws IOException {
    ImageConfig config =
        new ImageConfig(List.of(), List.of("/bin/sh"), environment(Map.of()), "", "/");
    return image(reference, List.of(host.layer()), host.mounts(), config);
  }

  private Image kuard(String reference) throws IOException {
    ImageConfig config =
        new ImageConfig(
            kuard.entrypoint(),
            List.of(),
            environment(Map.of("KUARD_VERSION", tag(reference))),
            "",
            "/");
    return image(reference, List.of(kuard.layer(), host.layer()), host.mounts(), config);
  }

  private static Image image(
      String reference, List<Path> layers, List<ContainerMount> mounts, ImageConfig config) {
    String name = repository(reference) + ":" + tag(reference);
    String digest = Hashing.sha256().hashString(name, StandardCharsets.UTF_8).toString();
    return new Image(
        reference, repository(reference) + "@sha256:" + digest, layers, mounts, config);
  }

  private static Map<String, String> environment(Map<String, String> further) {
    Map<String, String> all = new LinkedHashMap<>(further);
    all.put("PATH", ProcessSpec.DEFAULT_PATH);
    return all;
  }

  /** A reference without its tag and digest. */
  static String repository(String reference) {
    String name = withoutDigest(reference);
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }

  /** The tag of a reference, {@code latest} when it has none. */
  static String tag(String reference) {
    String name = withoutDigest(reference);
    String repository = repository(reference);
    return name.length() > repository.length() ? name.substring(repository.length() + 1) : "latest";
  }

  private static String withoutDigest(String reference) {
    int at = reference.indexOf('@');
    return at < 0 ? reference : reference.substring(0, at);
  }
}

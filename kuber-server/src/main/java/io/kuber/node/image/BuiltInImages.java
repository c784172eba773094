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
  public Image find(String reference) {
    try {
      return switch (repository(reference)) {
        case HOST -> host(reference);
        case KUARD -> kuard(reference);
        default ->
            throw new ImagePullException(
                "cannot pull "
                    + reference
                    + ": image pull is not there yet; built-in images: "
                    + String.join(", ", HOST, KUARD));
      };
    } catch (IOException e) {
      throw new ImagePullException("cannot make " + reference + ": " + e, e);
    }
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

package io.kuber.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of files with a pod each, in YAML or JSON. Names that begin with a dot are left out,
 * as editors leave such behind. For worker threads.
 */
record Manifests(Path directory, String node, InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger(Manifests.class);
  private static final int MOST_FILES = 100;
  private static final long MAX_BYTES = 1 << 20;

  /** The pods of all files that can be read, in the order of their names. */
  List<KubeObject> read() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<KubeObject> pods = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(Files::isRegularFile)
          .sorted()
          .limit(MOST_FILES)
          .forEach(file -> read(file).ifPresent(pods::add));
    }
    return pods;
  }

  private Optional<KubeObject> read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("it is larger than " + MAX_BYTES + " bytes");
      }
      byte[] text = Files.readAllBytes(file);
      Optional<KubeObject> pod =
          StaticPod.of(
              Yaml.parse(text), file + "\n" + new String(text, UTF_8), node, clock.instant());
      if (pod.isEmpty()) {
        LOG.warn("{} holds no pod of v1 with a name and containers", file);
      }
      return pod;
    } catch (IOException | MalformedException e) {
      LOG.warn("{} cannot be read as a pod: {}", file, Refusals.text(e));
      return Optional.empty();
    }
  }
}

package io.kuber.node;

import io.kuber.api.LogOptions;
import io.kuber.node.log.LogReader;
import io.kuber.node.volume.VolumeException;
import io.kuber.node.volume.Volumes;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one pod's files are.
 *
 * @param directory what belongs to this pod alone
 * @param logs its containers' logs, which outlive its sandbox
 */
record PodFiles(Path directory, Path logs) {
  private static final Logger LOG = LoggerFactory.getLogger(PodFiles.class);

  static PodFiles of(NodeConfig config, KubeObject pod) {
    String name = pod.namespace() + "_" + pod.name() + "_" + pod.uid();
    return new PodFiles(
        config.directory().resolve("pods").resolve(pod.uid()),
        config.directory().resolve("logs").resolve(name));
  }

  /** What the pod finds below {@code /etc}. */
  Path network() {
    return directory.resolve("etc");
  }

  Path volumes() {
    return directory.resolve("volumes");
  }

  /** The log of an instance of a container. */
  Path log(String container, int attempt) {
    return logs.resolve(container).resolve(attempt + ".log");
  }

  /**
   * What an instance of a container has written, and goes on to.
   *
   * @param ended whether nothing more will come
   */
  LogReader read(String container, int attempt, LogOptions options, BooleanSupplier ended) {
    try {
      return LogReader.open(log(container, attempt), options, ended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the pod's empty directories are that take room on the disk, by name. */
  Map<String, Path> emptyDirectories(KubeObject pod) {
    Map<String, Path> all = new HashMap<>();
    for (Tree volume : pod.spec().items("volumes").trees()) {
      if (volume.has("emptyDir") && !volume.text("emptyDir", "medium").equals("Memory")) {
        String name = volume.text("name");
        all.put(name, volumes().resolve("emptyDir").resolve(name));
      }
    }
    return all;
  }

  /** Where an instance of a container writes its last words. */
  Path termination(String container, int attempt) {
    return directory.resolve("termination").resolve(container + "-" + attempt);
  }

  /** The directories of all pods that have files now, and those of their logs. */
  static List<Path> all(NodeConfig config) {
    return Stream.of("pods", "logs")
        .flatMap(kind -> entries(config.directory().resolve(kind)).stream())
        .toList();
  }

  private static List<Path> entries(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    } catch (IOException e) {
      LOG.warn("files of pods that are gone stay behind: {}", e.toString());
      return List.of();
    }
  }

  /**
   * Deletes directories of pods, but not those of the pods with these uids. The name of such a
   * directory is a uid, or ends in one after a last underscore.
   */
  static void deleteOthers(List<Path> directories, Set<String> known) {
    delete(
        directories.stream()
            .filter(
                path -> {
                  String name = path.getFileName().toString();
                  return !known.contains(name.substring(name.lastIndexOf('_') + 1));
                })
            .toList());
  }

  /** Deletes all of them; to be called once the pod object is gone. */
  void delete() {
    delete(List.of(directory, logs));
  }

  /** Volumes may be mounted in them: what belongs to others is not deleted. */
  private static void delete(List<Path> trees) {
    for (Path tree : trees) {
      try {
        Volumes.reclaim(tree);
      } catch (VolumeException e) {
        LOG.warn("{} stays behind: {}", tree, e.getMessage());
      }
    }
  }
}

package io.kuber.node.volume;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.kuber.container.ContainerMount;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The volumes of one pod: {@code emptyDir}, {@code hostPath}, and those made of objects. */
public final class Volumes {
  private static final int WORLD_WRITABLE = 0777;

  private final Path directory;
  private final VolumeFiles files;
  private final Map<String, Made> made = new LinkedHashMap<>();

  /**
   * A volume on the machine.
   *
   * @param readOnly whether its files are made of objects, which containers must not change
   */
  private record Made(Path path, boolean readOnly) {}

  /** Volumes below a directory of the pod's own. */
  public Volumes(Path directory, VolumeFiles files) {
    this.directory = directory;
    this.files = files;
  }

  /** Makes all volumes that a pod declares; throws {@link VolumeException} naming the first bad. */
  public void make(List<Tree> volumes) {
    for (Tree volume : volumes) {
      String name = volume.text("name");
      try {
        made.put(name, make(name, volume));
      } catch (IOException e) {
        throw new VolumeException("volume \"" + name + "\": " + e);
      }
    }
  }

  private Made make(String name, Tree volume) throws IOException {
    for (int i = 0; i < volume.size(); i++) {
      String kind = volume.nameAt(i);
      if (!kind.equals("name") && volume.valueAt(i) instanceof Tree source) {
        return make(name, kind, source);
      }
    }
    return new Made(emptyDirectory(name), false);
  }

  private Made make(String name, String kind, Tree source) throws IOException {
    return switch (kind) {
      case "emptyDir" -> new Made(emptyDirectory(name), false);
      case "hostPath" -> new Made(hostPath(name, source), false);
      case "configMap", "secret", "downwardAPI" ->
          new Made(written(name, files.files(kind, source), source), true);
      case "projected" -> new Made(projected(name, source), true);
      default ->
          throw new VolumeException(
              "volume \"" + name + "\": volumes of type " + kind + " are not supported yet");
    };
  }

  private Path emptyDirectory(String name) throws IOException {
    Path path = Files.createDirectories(directory.resolve("empty-dir").resolve(name));
    Files.setAttribute(path, "unix:mode", WORLD_WRITABLE);
    return path;
  }

  private static Path hostPath(String name, Tree source) throws IOException {
    Path path = Path.of(source.text("path"));
    String type = source.text("type");
    switch (type) {
      case "DirectoryOrCreate" -> Files.createDirectories(path);
      case "FileOrCreate" -> {
        if (!Files.exists(path)) {
          Files.createFile(path);
        }
      }
      case "Directory" -> require(Files.isDirectory(path), name, path + " is not a directory");
      case "File" -> require(Files.isRegularFile(path), name, path + " is not a file");
      default -> {}
    }
    require(Files.exists(path), name, path + " does not exist");
    return path;
  }

  private static void require(boolean holds, String name, String otherwise) {
    if (!holds) {
      throw new VolumeException("volume \"" + name + "\": hostPath " + otherwise);
    }
  }

  private Path projected(String name, Tree projected) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (Tree source : projected.items("sources").trees()) {
      source.forEach(
          (kind, part) -> {
            if (part instanceof Tree tree) {
              all.putAll(files.files(kind, tree));
            }
          });
    }
    return written(name, all, projected);
  }

  private Path written(String name, Map<String, byte[]> contents, Tree source) throws IOException {
    Path root = Files.createDirectories(directory.resolve("files").resolve(name));
    int mode = (int) source.number(0644, "defaultMode");
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      Path path = root.resolve(file.getKey()).normalize();
      if (!path.startsWith(root)) {
        throw new VolumeException(
            "volume \"" + name + "\": " + file.getKey() + " leads out of the volume");
      }
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
      Files.setAttribute(path, "unix:mode", mode);
    }
    return root;
  }

  /** What a container mounts of these volumes. */
  public List<ContainerMount> mounts(Tree container) {
    List<ContainerMount> mounts = new ArrayList<>();
    for (Tree mount : container.items("volumeMounts").trees()) {
      String name = mount.text("name");
      @Nullable Made volume = made.get(name);
      if (volume == null) {
        throw new VolumeException("volumeMounts: the pod has no volume \"" + name + "\"");
      }
      Path part = part(name, volume.path(), mount.text("subPath"));
      boolean readOnly = volume.readOnly() || mount.isTrue("readOnly");
      mounts.add(new ContainerMount.Bind(part, mount.text("mountPath"), readOnly));
    }
    return mounts;
  }

  /** The part of a volume that is mounted, made as a directory where it is missing. */
  private static Path part(String name, Path volume, String subPath) {
    Path part = volume.resolve(subPath).normalize();
    try {
      if (!part.startsWith(volume)
          || !existing(part, volume).toRealPath().startsWith(volume.toRealPath())) {
        throw new VolumeException("volumeMounts: subPath leads out of volume \"" + name + "\"");
      }
      return Files.exists(part) ? part : Files.createDirectories(part);
    } catch (IOException e) {
      throw new VolumeException("volumeMounts: subPath " + subPath + " of \"" + name + "\": " + e);
    }
  }

  /** The nearest that exists of a path and the directories above it. */
  private static Path existing(Path path, Path otherwise) {
    for (Path at = path; at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        return at;
      }
    }
    return otherwise;
  }

  /** Removes what was made; what belongs to the machine stays. */
  public void remove() {
    try {
      if (Files.exists(directory)) {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      throw new VolumeException("the volumes in " + directory + " cannot be removed: " + e);
    }
  }
}

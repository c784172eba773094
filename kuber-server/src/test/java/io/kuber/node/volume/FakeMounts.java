package io.kuber.node.volume;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of mounts that changes nothing of the machine: what is mounted is still a directory. */
final class FakeMounts implements VolumeMounts {
  private final Map<Path, String> mounted = new LinkedHashMap<>();

  /** What is mounted at a directory; empty for nothing. */
  String at(Path directory) {
    return mounted.getOrDefault(directory, "");
  }

  @Override
  public boolean isMounted(Path directory) {
    return mounted.containsKey(directory);
  }

  @Override
  public void memory(Path directory, long sizeBytes) {
    mount(directory, "memory " + sizeBytes);
  }

  @Override
  public void hugePages(Path directory, long pageBytes, long sizeBytes) {
    mount(directory, "huge pages " + pageBytes + " " + sizeBytes);
  }

  @Override
  public void nfs(
      Path directory, String server, String path, List<String> options, boolean readOnly) {
    mount(directory, "nfs " + server + ":" + path + " " + options + (readOnly ? " ro" : ""));
  }

  @Override
  public void disk(Path directory, Path device, List<String> options) {
    mount(directory, "disk " + device + " " + options);
  }

  private void mount(Path directory, String what) {
    if (mounted.putIfAbsent(directory, what) != null) {
      throw new VolumeException("something is mounted at " + directory + " already");
    }
  }

  @Override
  public void unmountAll(Path directory) {
    mounted.keySet().removeIf(path -> path.startsWith(directory));
  }
}

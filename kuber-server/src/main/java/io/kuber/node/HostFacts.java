package io.kuber.node;

import io.kuber.container.HugePages;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What this machine is (core/v1 NodeSystemInfo). */
public record HostFacts(
    String machineId, String bootId, String kernel, String osImage, String architecture) {
  private static final Path OS_RELEASE = Path.of("/etc/os-release");

  private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/hugepages");

  /** The most pods that a node takes (kubelet). */
  private static final String MAX_PODS = "110";

  /**
   * Reads what there is to know.
   *
   * @param kernel its version
   */
  public static HostFacts read(String kernel, String architecture) throws IOException {
    return new HostFacts(
        firstLine(Path.of("/etc/machine-id")),
        firstLine(Path.of("/proc/sys/kernel/random/boot_id")),
        kernel,
        readOsImage(),
        architecture);
  }

  Tree toTree(String version) {
    return Tree.of(
        "machineID", machineId,
        "systemUUID", machineId,
        "bootID", bootId,
        "kernelVersion", kernel,
        "osImage", osImage,
        "containerRuntimeVersion", "kuber://" + version,
        "kubeletVersion", version,
        "kubeProxyVersion", version,
        "operatingSystem", "linux",
        "architecture", architecture);
  }

  /** The machine's processors, memory, disk, huge pages and pods as quantities. */
  static Map<String, String> capacity(Path disk) throws IOException {
    Map<String, String> capacity = new LinkedHashMap<>();
    capacity.put("cpu", Integer.toString(Runtime.getRuntime().availableProcessors()));
    capacity.put("memory", memoryKi() + "Ki");
    long diskKi = Files.getFileStore(disk).getTotalSpace() / 1024;
    capacity.put("ephemeral-storage", diskKi + "Ki");
    capacity.putAll(HugePages.in(HUGE_PAGES).amounts());
    capacity.put("pods", MAX_PODS);
    return capacity;
  }

  /** The machine's memory in bytes. */
  public static long memoryBytes() throws IOException {
    return Long.parseLong(memoryKi()) << 10;
  }

  private static String memoryKi() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      if (line.startsWith("MemTotal:")) {
        return line.replaceAll("[^0-9]", "");
      }
    }
    throw new IOException("/proc/meminfo has no line MemTotal");
  }

  private static String firstLine(Path file) throws IOException {
    return Files.isReadable(file) ? Files.readAllLines(file).stream().findFirst().orElse("") : "";
  }

  private static String readOsImage() throws IOException {
    if (Files.isReadable(OS_RELEASE)) {
      for (String line : Files.readAllLines(OS_RELEASE)) {
        if (line.startsWith("PRETTY_NAME=")) {
          return line.substring("PRETTY_NAME=".length()).replace("\"", "");
        }
      }
    }
    return "Linux";
  }
}

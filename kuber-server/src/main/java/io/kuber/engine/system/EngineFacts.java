package io.kuber.engine.system;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.function.Supplier;

/**
 * What an engine knows of itself and its machine.
 *
 * @param version of kuber
 * @param root where it keeps everything
 * @param counts how many containers and images there are now
 */
public record EngineFacts(
    String version,
    String root,
    String hostName,
    String kernel,
    String operatingSystem,
    int processors,
    long memoryBytes,
    String cgroupVersion,
    Supplier<Counts> counts) {
  /** How many there are. */
  public record Counts(int running, int paused, int stopped, int images) {}

  private static final String MACHINE = System.getProperty("os.arch");

  /** {@code /info}. */
  Tree info() {
    Counts now = counts.get();
    return Tree.builder()
        .put("ID", hostName)
        .put("Containers", (long) now.running() + now.paused() + now.stopped())
        .put("ContainersRunning", (long) now.running())
        .put("ContainersPaused", (long) now.paused())
        .put("ContainersStopped", (long) now.stopped())
        .put("Images", (long) now.images())
        .put("Driver", "overlay2")
        .put(
            "Plugins",
            Tree.of(
                "Volume",
                Items.of("local"),
                "Network",
                Items.of("bridge", "host", "null"),
                "Log",
                Items.of("json-file")))
        .put("MemoryLimit", true)
        .put("SwapLimit", false)
        .put("CpuCfsPeriod", true)
        .put("CpuCfsQuota", true)
        .put("CPUShares", true)
        .put("PidsLimit", true)
        .put("IPv4Forwarding", true)
        .put("LoggingDriver", "json-file")
        .put("CgroupDriver", "cgroupfs")
        .put("CgroupVersion", cgroupVersion)
        .put("KernelVersion", kernel)
        .put("OperatingSystem", operatingSystem)
        .put("OSType", "linux")
        .put("Architecture", MACHINE.equals("amd64") ? "x86_64" : MACHINE)
        .put("NCPU", (long) processors)
        .put("MemTotal", memoryBytes)
        .put("DockerRootDir", root)
        .put("Name", hostName)
        .put("ServerVersion", version)
        .put("DefaultRuntime", "kuber")
        .put("Runtimes", Tree.of("kuber", Tree.of("path", "")))
        .put("InitBinary", "")
        .put("SecurityOptions", Items.EMPTY)
        .put("Swarm", Tree.of("LocalNodeState", "inactive"))
        .put("Warnings", Items.EMPTY)
        .build();
  }

  /** {@code /version}. */
  Tree version(String newest, String oldest) {
    Tree details =
        Tree.of(
            "ApiVersion",
            newest,
            "Arch",
            MACHINE,
            "KernelVersion",
            kernel,
            "MinAPIVersion",
            oldest,
            "Os",
            "linux");
    return Tree.builder()
        .put("Platform", Tree.of("Name", "kuber"))
        .put(
            "Components",
            Items.of(Tree.of("Name", "Engine", "Version", version, "Details", details)))
        .put("Version", version)
        .put("ApiVersion", newest)
        .put("MinAPIVersion", oldest)
        .put("GitCommit", "")
        .put("GoVersion", "")
        .put("Os", "linux")
        .put("Arch", MACHINE)
        .put("KernelVersion", kernel)
        .put("BuildTime", "")
        .build();
  }
}

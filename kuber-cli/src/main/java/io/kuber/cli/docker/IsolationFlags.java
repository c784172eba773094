package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a container shares with others, and its files: flags of {@code run} and {@code create}. */
final class IsolationFlags {
  @Option(
      names = {"-v", "--volume"},
      paramLabel = "[SOURCE:]PLACE[:ro]",
      description = "a volume or directory")
  private List<String> volumes = new ArrayList<>();

  @Option(
      names = "--mount",
      paramLabel = "type=...,src=...,dst=...",
      description = "the same at length")
  private List<String> mounts = new ArrayList<>();

  @Option(names = "--tmpfs", paramLabel = "PLACE[:OPTIONS]", description = "files in memory")
  private List<String> tmpfs = new ArrayList<>();

  @Option(names = "--volumes-from", paramLabel = "CONTAINER", description = "those of another one")
  private List<String> volumesFrom = new ArrayList<>();

  @Option(names = "--read-only", description = "its own files cannot be changed")
  private boolean readOnly;

  @Option(names = "--privileged", description = "all rights on the machine")
  private boolean privileged;

  @Option(names = "--cap-add", paramLabel = "CAPABILITY", description = "further rights")
  private List<String> added = new ArrayList<>();

  @Option(names = "--cap-drop", paramLabel = "CAPABILITY", description = "fewer rights")
  private List<String> dropped = new ArrayList<>();

  @Option(
      names = "--security-opt",
      paramLabel = "OPTION",
      description = "such as no-new-privileges")
  private List<String> security = new ArrayList<>();

  @Option(names = "--device", paramLabel = "FILE[:FILE[:rwm]]", description = "devices")
  private List<String> devices = new ArrayList<>();

  @Option(names = "--sysctl", paramLabel = "NAME=VALUE", description = "settings of the kernel")
  private List<String> sysctls = new ArrayList<>();

  @Option(names = "--shm-size", paramLabel = "BYTES", description = "of /dev/shm")
  private String shm = "";

  @Option(names = "--pid", paramLabel = "MODE", description = "host or container:NAME")
  private String pid = "";

  @Option(names = "--ipc", paramLabel = "MODE", description = "private, host or container:NAME")
  private String ipc = "";

  @Option(names = "--uts", paramLabel = "MODE", description = "host")
  private String uts = "";

  @Option(names = "--init", description = "with a first process that collects others")
  private boolean init;

  @Option(names = "--oom-score-adj", paramLabel = "NUMBER", description = "-1000 to 1000")
  private @Nullable Long oomScore;

  @Option(names = "--log-driver", paramLabel = "NAME", description = "json-file or none")
  private String logDriver = "";

  @Option(names = "--log-opt", paramLabel = "NAME=VALUE", description = "such as max-size=10m")
  private List<String> logOptions = new ArrayList<>();

  /** With what these flags say; relative paths begin at {@code directory}. */
  Tree addTo(Tree body, Path directory) {
    List<String> binds = new ArrayList<>();
    Tree.Builder own = Tree.builder();
    for (String flag : volumes) {
      Mounts.Volume volume = Mounts.volume(flag, directory);
      if (volume.bind().isEmpty()) {
        own.put(volume.place(), Tree.EMPTY);
      } else {
        binds.add(volume.bind());
      }
    }
    Tree memory = Tree.EMPTY;
    for (String flag : tmpfs) {
      memory = Mounts.tmpfs(memory, flag);
    }
    Tree.Builder host = Tree.builder();
    body.tree("HostConfig").forEach(host::put);
    host.put("Binds", Items.copyOf(binds));
    host.put("ReadonlyRootfs", readOnly).put("Privileged", privileged);
    put(host, "Mounts", mounts.stream().map(flag -> Mounts.mount(flag, directory)).toList());
    put(host, "VolumesFrom", volumesFrom);
    put(host, "CapAdd", added);
    put(host, "CapDrop", dropped);
    put(host, "SecurityOpt", security);
    put(host, "Devices", devices.stream().map(IsolationFlags::device).toList());
    put(host, "Tmpfs", memory);
    put(host, "Sysctls", Pairs.texts(sysctls));
    put(host, "PidMode", pid);
    put(host, "IpcMode", ipc);
    put(host, "UTSMode", uts);
    if (!shm.isEmpty()) {
      host.put("ShmSize", Amounts.memory("--shm-size", shm));
    }
    if (init) {
      host.put("Init", true);
    }
    host.putIfPresent("OomScoreAdj", oomScore);
    if (!logDriver.isEmpty() || !logOptions.isEmpty()) {
      host.put("LogConfig", Tree.of("Type", logDriver, "Config", Pairs.texts(logOptions)));
    }
    return body.with("Volumes", own.build()).with("HostConfig", host.build());
  }

  private static void put(Tree.Builder host, String field, List<?> values) {
    if (!values.isEmpty()) {
      host.put(field, Items.copyOf(values));
    }
  }

  private static void put(Tree.Builder host, String field, Tree value) {
    if (!value.isEmpty()) {
      host.put(field, value);
    }
  }

  private static void put(Tree.Builder host, String field, String value) {
    if (!value.isEmpty()) {
      host.put(field, value);
    }
  }

  private static Tree device(String flag) {
    String[] parts = flag.split(":", -1);
    boolean hasPlace = parts.length > 1 && parts[1].startsWith("/");
    String rights = parts.length == 3 ? parts[2] : hasPlace || parts.length == 1 ? "rwm" : parts[1];
    if (!parts[0].startsWith("/") || parts.length > 3 || !rights.matches("[rwm]{1,3}")) {
      throw new CommandFailure("--device: " + flag + " is not of the form FILE[:FILE[:rwm]]");
    }
    return Tree.of(
        "PathOnHost",
        parts[0],
        "PathInContainer",
        hasPlace ? parts[1] : parts[0],
        "CgroupPermissions",
        rights);
  }
}

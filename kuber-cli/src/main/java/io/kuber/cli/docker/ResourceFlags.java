package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a container may use: flags of {@code run}, {@code create} and {@code update}. */
final class ResourceFlags {
  @Option(
      names = {"-m", "--memory"},
      paramLabel = "BYTES",
      description = "such as 200m")
  private String memory = "";

  @Option(names = "--memory-swap", paramLabel = "BYTES", description = "with swap; -1 for any")
  private String memorySwap = "";

  @Option(names = "--memory-reservation", paramLabel = "BYTES", description = "when it is scarce")
  private String memoryReservation = "";

  @Option(names = "--cpus", paramLabel = "COUNT", description = "processors, such as 1.5")
  private String processors = "";

  @Option(
      names = {"-c", "--cpu-shares"},
      paramLabel = "SHARES",
      description = "1024 is usual")
  private @Nullable Long shares;

  @Option(names = "--cpu-period", paramLabel = "MICROSECONDS", description = "of --cpu-quota")
  private @Nullable Long period;

  @Option(names = "--cpu-quota", paramLabel = "MICROSECONDS", description = "in each period")
  private @Nullable Long quota;

  @Option(names = "--cpuset-cpus", paramLabel = "LIST", description = "such as 0-1,3")
  private String cpuset = "";

  @Option(names = "--cpuset-mems", paramLabel = "LIST", description = "such as 0-1,3")
  private String mems = "";

  @Option(names = "--pids-limit", paramLabel = "COUNT", description = "processes and threads")
  private @Nullable Long pids;

  @Option(
      names = "--restart",
      paramLabel = "POLICY",
      description = "no, always, unless-stopped, on-failure[:COUNT]")
  private String restart = "";

  @Option(names = "--ulimit", paramLabel = "NAME=SOFT[:HARD]", description = "limits of processes")
  private List<String> limits = new ArrayList<>();

  /** What these flags say, as fields of {@code HostConfig}; those that nobody gave are left out. */
  Tree fields() {
    Tree.Builder fields = Tree.builder();
    putMemory(fields, "Memory", "--memory", memory);
    if (memorySwap.equals("-1")) {
      fields.put("MemorySwap", -1L);
    } else {
      putMemory(fields, "MemorySwap", "--memory-swap", memorySwap);
    }
    putMemory(fields, "MemoryReservation", "--memory-reservation", memoryReservation);
    if (!processors.isEmpty()) {
      fields.put("NanoCpus", Amounts.processors("--cpus", processors));
    }
    fields.putIfPresent("CpuShares", shares);
    fields.putIfPresent("CpuPeriod", period);
    fields.putIfPresent("CpuQuota", quota);
    fields.putIfPresent("PidsLimit", pids);
    if (!cpuset.isEmpty()) {
      fields.put("CpusetCpus", cpuset);
    }
    if (!mems.isEmpty()) {
      fields.put("CpusetMems", mems);
    }
    if (!restart.isEmpty()) {
      fields.put("RestartPolicy", restartPolicy(restart));
    }
    if (!limits.isEmpty()) {
      fields.put("Ulimits", Items.copyOf(limits.stream().map(ResourceFlags::limit).toList()));
    }
    return fields.build();
  }

  /** What {@code --restart} says, as the engine takes it. */
  static Tree restartPolicy(String flag) {
    int colon = flag.indexOf(':');
    String name = colon < 0 ? flag : flag.substring(0, colon);
    String count = colon < 0 ? "0" : flag.substring(colon + 1);
    if (!List.of("no", "always", "unless-stopped", "on-failure").contains(name)) {
      throw new CommandFailure("--restart: invalid restart policy '" + name + "'");
    }
    if (colon >= 0 && !name.equals("on-failure")) {
      throw new CommandFailure(
          "--restart: maximum retry count cannot be used with restart policy '" + name + "'");
    }
    if (!count.matches("\\d{1,9}")) {
      throw new CommandFailure("--restart: maximum retry count must be an integer");
    }
    return Tree.of("Name", name, "MaximumRetryCount", Long.parseLong(count));
  }

  private static Tree limit(String flag) {
    Matcher matcher = Pattern.compile("([a-z]+)=(-?\\d{1,18})(?::(-?\\d{1,18}))?").matcher(flag);
    if (!matcher.matches()) {
      throw new CommandFailure("--ulimit: " + flag + " is not of the form NAME=SOFT[:HARD]");
    }
    long soft = Long.parseLong(matcher.group(2));
    long hard = matcher.group(3) == null ? soft : Long.parseLong(matcher.group(3));
    return Tree.of("Name", matcher.group(1), "Soft", soft, "Hard", hard);
  }

  private static void putMemory(Tree.Builder fields, String field, String flag, String text) {
    if (!text.isEmpty()) {
      fields.put(field, Amounts.memory(flag, text));
    }
  }
}

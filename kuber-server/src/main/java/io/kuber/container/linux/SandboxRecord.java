package io.kuber.container.linux;

import io.kuber.container.SandboxSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.object.Tree;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the next run of the agent has to know of a sandbox to take it over; a file in the sandbox's
 * directory. Namespaces do not outlive the machine, so it names the boot that they are of.
 *
 * @param users which users of the machine the pod's are, if it has its own
 * @param init the first process of the PID namespace that the pod's containers share, if they do
 */
record SandboxRecord(
    SandboxSpec spec, String boot, Optional<UserRange> users, Optional<Init> init) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** A process, known again by the time of its start as {@link ProcessStat} has it. */
  record Init(int pid, long startTime) {
    boolean is(ProcessStat process) {
      return process.startTime() == startTime;
    }
  }

  static SandboxRecord of(SandboxSpec spec, Optional<UserRange> users, Optional<Integer> init) {
    Optional<Init> known =
        init.flatMap(pid -> ProcessStat.of(pid).map(stat -> new Init(pid, stat.startTime())));
    return new SandboxRecord(spec, thisBoot(), users, known);
  }

  private static String thisBoot() {
    return KernelFiles.readOr(BOOT, "");
  }

  boolean isOfThisBoot() {
    return boot.equals(thisBoot());
  }

  Tree toTree() {
    Tree.Builder tree =
        Tree.builder()
            .put("id", spec.id())
            .put("hostname", spec.hostname())
            .put("hostNetwork", spec.hostNetwork())
            .put("hostIpc", spec.hostIpc())
            .put("processes", spec.processes().name())
            .put("sysctls", Tree.ofTexts(spec.sysctls()))
            .put("boot", boot);
    users.ifPresent(range -> range.addTo(tree));
    init.ifPresent(
        process ->
            tree.put(
                "init", Tree.of("pid", (long) process.pid(), "startTime", process.startTime())));
    return tree.build();
  }

  static SandboxRecord of(Tree tree) {
    SandboxSpec spec =
        new SandboxSpec(
            tree.text("id"),
            tree.text("hostname"),
            tree.isTrue("hostNetwork"),
            tree.isTrue("hostIpc"),
            ProcessView.valueOf(tree.text("processes")),
            UserRange.of(tree).isPresent(),
            tree.tree("sysctls").texts());
    Optional<Init> init =
        tree.has("init")
            ? Optional.of(
                new Init((int) tree.number(-1, "init", "pid"), tree.number(0, "init", "startTime")))
            : Optional.empty();
    return new SandboxRecord(spec, tree.text("boot"), UserRange.of(tree), init);
  }
}

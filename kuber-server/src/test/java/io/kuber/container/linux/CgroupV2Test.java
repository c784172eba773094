package io.kuber.container.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.container.Device;
import io.kuber.container.HugePages;
import io.kuber.container.Resources;
import io.kuber.linux.Argument;
import io.kuber.linux.Call;
import io.kuber.linux.Child;
import io.kuber.linux.Launcher;
import io.kuber.linux.ProcessCalls;
import io.kuber.linux.Program;
import io.kuber.linux.Syscalls;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CgroupV2Test {
  private final Syscalls linux = Syscalls.linux();

  /** Where version 2 is mounted: everywhere, or beside version 1. */
  private static CgroupsV2 mounted() {
    for (String place : List.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified")) {
      if (Files.isWritable(Path.of(place, "cgroup.subtree_control"))) {
        return new CgroupsV2(Path.of(place));
      }
    }
    assumeTrue(false, "needs a writable cgroup version 2 mount");
    throw new AssertionError();
  }

  @Test
  void clonesIntoGroupAndKillsAllOfIt() {
    CgroupsV2 all = mounted();
    assumeTrue(LinuxContainers.probe().root(), "needs root");
    String branch = "kuber-test-" + ProcessHandle.current().pid();
    Cgroup group = all.at(branch + "/pod/app");
    group.make(Resources.UNLIMITED);
    group.restrictDevices(List.of());
    List<Integer> entrance = group.open();
    try (Launcher launcher = new Launcher(linux)) {
      Program program = Program.ofChild();
      group.join(program, entrance);
      program.must(
          Call.EXECVE,
          "/bin/sleep",
          Argument.strings(List.of("sleep", "1000")),
          Argument.strings(List.of()));
      Child child = launcher.launch(program, 0, group.cloneTarget(entrance));
      assertThat(group.processes()).containsExactly(child.pid());
      assertThat(all.below(branch)).containsExactly(branch + "/pod");
      group.killAll();
      assertThat(linux.awaitExit(child.pidfd())).isEqualTo(new ProcessCalls.ChildExit(9, true));
      linux.close(child.pidfd());
    }
    entrance.forEach(linux::close);
    all.at(branch).remove();
    assertThat(all.mount().resolve(branch)).doesNotExist();
  }

  @Test
  void holdsGroupsToTheirHugePages() throws IOException {
    CgroupsV2 all = mounted();
    assumeTrue(all.controllers().contains("hugetlb"), "needs the controller hugetlb");
    String branch = "kuber-test-pages-" + ProcessHandle.current().pid();
    Cgroup group = all.at(branch + "/pod/app");
    Path limit = all.mount().resolve(branch).resolve("pod/app/hugetlb.2MB.max");
    try {
      group.make(Resources.UNLIMITED);
      assumeTrue(Files.exists(limit), "this machine has no pages of 2 MiB");
      group.make(Resources.UNLIMITED.withHugePages(HugePages.of(Tree.of("hugepages-2Mi", "6Mi"))));
      assertThat(Files.readString(limit)).isEqualTo("6291456\n");
      group.make(Resources.UNLIMITED.withHugePages(HugePages.NONE));
      assertThat(Files.readString(limit)).isEqualTo("0\n");
    } finally {
      all.at(branch).remove();
    }
  }

  @Test
  void turnsSharesIntoWeight() {
    assertThat(CgroupV2.weight(2)).isEqualTo(1);
    assertThat(CgroupV2.weight(1024)).isEqualTo(39);
    assertThat(CgroupV2.weight(262_144)).isEqualTo(10_000);
  }

  @Test
  void encodesDeviceFilterInWholeInstructions() {
    int fixed = (8 + 7 * 5 + 4 + 2) * 8 + 8;
    assertThat(DeviceFilter.instructions(List.of())).hasSize(fixed);
    List<Device> given = List.of(new Device(true, 7, 3, "rw"), new Device(false, 10, 200, "r"));
    assertThat(DeviceFilter.instructions(given)).hasSize(fixed + 2 * 8 * 8);
  }

  @Test
  void readsTheNumbersOfDevices() {
    assertThat(GivenDevices.block(0x703, false)).isEqualTo(new Device(true, 7, 3, "rw"));
    assertThat(GivenDevices.block(0x11110370, true)).isEqualTo(new Device(true, 259, 70_000, "r"));
  }
}

package io.kuber.container.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.ContainerException;
import io.kuber.container.HugePages;
import io.kuber.container.Resources;
import io.kuber.container.Usage;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files of control groups of version 2 are written and read: in a tree of plain files. */
final class CgroupV2FilesTest {
  private static final String GROUP = "kuber/node/pod/app";

  private static final List<String> FILES =
      List.of(
          "cgroup.subtree_control",
          "cgroup.procs",
          "cgroup.kill",
          "cpu.weight",
          "cpu.max",
          "memory.max",
          "memory.swap.max",
          "pids.max",
          "hugetlb.2MB.max",
          "hugetlb.2MB.rsvd.max",
          "hugetlb.1GB.max");

  @TempDir private Path mount;

  private CgroupsV2 all;

  @BeforeEach
  void makeTree() throws IOException {
    with("cpuset cpu io memory hugetlb pids");
    Path group = mount;
    for (Path name : Path.of("").resolve(GROUP)) {
      makeFiles(group);
      group = Files.createDirectory(group.resolve(name));
    }
    makeFiles(group);
  }

  private static void makeFiles(Path group) throws IOException {
    for (String file : FILES) {
      Files.writeString(group.resolve(file), "");
    }
  }

  private void with(String controllers) throws IOException {
    Files.writeString(mount.resolve("cgroup.controllers"), controllers + "\n");
    all = new CgroupsV2(mount);
  }

  private Path group() {
    return mount.resolve(GROUP);
  }

  private void has(String file, String content) throws IOException {
    Files.writeString(group().resolve(file), content);
  }

  /** What was written to the group. */
  private Map<String, String> written() throws IOException {
    Map<String, String> written = new TreeMap<>();
    for (String file : FILES) {
      String content = Files.readString(group().resolve(file));
      if (!content.isEmpty()) {
        written.put(file, content);
      }
    }
    return written;
  }

  @Test
  void handsUsefulControllersDownToTheGroupAndNoFurther() throws IOException {
    all.at(GROUP).make(Resources.UNLIMITED);
    for (String each : List.of("", "kuber", "kuber/node", "kuber/node/pod")) {
      assertThat(mount.resolve(each).resolve("cgroup.subtree_control"))
          .hasContent("+memory +cpu +pids +hugetlb");
    }
    assertThat(written()).isEmpty();
  }

  @Test
  void handsDownNothingWhereThereIsNothing() throws IOException {
    with("");
    all.at(GROUP).make(Resources.UNLIMITED);
    assertThat(mount.resolve("cgroup.subtree_control")).isEmptyFile();
  }

  @Test
  void writesEachLimitToItsFile() throws IOException {
    all.at(GROUP)
        .make(
            Resources.UNLIMITED
                .withCpu(512, 50_000)
                .withMemoryBytes(64 << 20)
                .withPids(100)
                .withHugePages(HugePages.of(Tree.of("hugepages-2Mi", "8Mi"))));
    assertThat(written())
        .isEqualTo(
            Map.of(
                "cpu.weight", "20",
                "cpu.max", "50000 100000",
                "memory.max", "67108864",
                "memory.swap.max", "0",
                "pids.max", "100",
                "hugetlb.2MB.max", "8388608",
                "hugetlb.2MB.rsvd.max", "8388608",
                "hugetlb.1GB.max", "0"));
  }

  @Test
  void changesLimitsOfAGroupThatRuns() throws IOException {
    all.at(GROUP).limit(Resources.UNLIMITED.withCpu(1024, 20_000).withMemoryBytes(32 << 20));
    assertThat(written())
        .isEqualTo(
            Map.of(
                "cpu.weight",
                "39",
                "cpu.max",
                "20000 100000",
                "memory.max",
                "33554432",
                "memory.swap.max",
                "0"));
  }

  @Test
  void liftsLimitsThatAreNotSetAnyMore() throws IOException {
    all.at(GROUP).limit(Resources.UNLIMITED);
    assertThat(written()).isEqualTo(Map.of("cpu.max", "max 100000", "memory.max", "max"));
  }

  @Test
  void doesWithoutPagesWhereThereIsNoControllerOfThem() throws IOException {
    for (String file : FILES) {
      if (file.startsWith("hugetlb")) {
        Files.delete(group().resolve(file));
      }
    }
    all.at(GROUP).make(Resources.UNLIMITED.withHugePages(HugePages.NONE));
    try (var files = Files.list(group())) {
      assertThat(files).noneMatch(file -> file.toString().contains("hugetlb"));
    }
  }

  @ParameterizedTest
  @CsvSource({"memory, cpu pids", "cpu, memory pids", "pids, memory cpu"})
  void refusesLimitsWithoutTheirController(String missing, String controllers) throws IOException {
    with(controllers);
    Resources limits =
        switch (missing) {
          case "memory" -> Resources.UNLIMITED.withMemoryBytes(1);
          case "cpu" -> Resources.UNLIMITED.withCpu(2, 0);
          default -> Resources.UNLIMITED.withPids(1);
        };
    assertThatThrownBy(() -> all.at(GROUP).make(limits))
        .isInstanceOf(ContainerException.class)
        .hasMessageContaining("a limit of " + missing + " needs the " + missing + " cgroup");
  }

  @Test
  void readsWhatIsUsed() throws IOException {
    has("cpu.stat", "usage_usec 1500\nuser_usec 1000\nsystem_usec 500\n");
    has("memory.current", "5000\n");
    has(
        "memory.stat",
        "anon 1200\nfile 3000\ninactive_anon 7\ninactive_file 2000\npgfault 40\npgmajfault 3\n");
    has("pids.current", "4\n");
    assertThat(all.at(GROUP).usage()).isEqualTo(new Usage(1_500_000, 5000, 3000, 1200, 40, 3, 4));
  }

  @Test
  void readsNothingOfAGroupThatIsGone() {
    assertThat(all.at("kuber/node/pod/gone").usage()).isEqualTo(new Usage(0, 0, 0, 0, 0, 0, 0));
    assertThat(all.at("kuber/node/pod/gone").oomKilled()).isFalse();
    assertThat(all.at("kuber/node/pod/gone").processes()).isEmpty();
  }

  @Test
  void seesThatMemoryRanOut() throws IOException {
    has("memory.events", "low 0\nhigh 0\nmax 12\noom 1\noom_kill 0\noom_group_kill 0\n");
    assertThat(all.at(GROUP).oomKilled()).isFalse();
    has("memory.events", "low 0\nhigh 0\nmax 12\noom 1\noom_kill 1\noom_group_kill 0\n");
    assertThat(all.at(GROUP).oomKilled()).isTrue();
  }

  @Test
  void killsAllAtOnceWhereTheKernelCan() throws IOException {
    all.at(GROUP).killAll();
    assertThat(written()).isEqualTo(Map.of("cgroup.kill", "1"));
  }

  @Test
  void findsGroupsAndProcesses() throws IOException {
    has("cgroup.procs", "0\n17\n18\n");
    assertThat(all.at(GROUP).processes()).containsExactly(17, 18);
    assertThat(all.below("kuber/node")).containsExactly("kuber/node/pod");
    assertThat(all.controllers()).contains("memory", "io");
    assertThat(all.version()).isEqualTo(2);
  }
}

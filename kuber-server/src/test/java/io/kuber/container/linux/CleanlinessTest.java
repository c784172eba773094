package io.kuber.container.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerStartException;
import io.kuber.container.Leftovers;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What is left on the machine: nothing, after any end. */
@Isolated
final class CleanlinessTest {
  private LinuxMachine machine;

  @BeforeEach
  void open() throws IOException {
    machine = LinuxMachine.open();
  }

  @AfterEach
  void close() {
    if (machine != null) {
      machine.close();
    }
  }

  /** Everything that a start could leave behind. */
  private record Traces(long mounts, long cgroups, List<String> files) {
    static Traces now(Path state) throws IOException {
      try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"));
          Stream<Path> files = Files.walk(state)) {
        return new Traces(
            mounts.filter(line -> line.contains(state.toString())).count(),
            Cgroups.ofHost().below("kuber/" + LinuxMachine.instance() + "/pod").size(),
            files.map(Path::toString).sorted().toList());
      }
    }
  }

  @Test
  void leavesNothingAfterFiftyStarts() throws IOException {
    Path state = machine.directory().resolve("run");
    machine.run("true");
    Set<String> openBefore = descriptors();
    Traces before = Traces.now(state);
    for (int i = 0; i < 50; i++) {
      switch (i % 3) {
        case 0 -> machine.run("echo written > /file");
        case 1 -> execAndRemove();
        default -> failToStart();
      }
    }
    Traces after = Traces.now(state);
    assertThat(after).isEqualTo(before);
    assertThat(openBefore).containsAll(descriptors());
  }

  /**
   * The open descriptors, each with what it refers to. The collector may close forgotten files of
   * other tests of this process in between, so the starts must add none, whatever goes meanwhile.
   */
  private static Set<String> descriptors() throws IOException {
    Set<String> open = new TreeSet<>();
    String[] numbers = new File("/proc/self/fd").list();
    for (String number : numbers == null ? new String[0] : numbers) {
      Path link = Path.of("/proc/self/fd", number);
      try {
        open.add(number + " -> " + Files.readSymbolicLink(link));
      } catch (NoSuchFileException gone) {
        // The descriptor that listed the directory.
      }
    }
    return open;
  }

  private void execAndRemove() throws IOException {
    Container container = machine.runtime().start(machine.shell("exec sleep 1000"));
    LinuxMachine.exec(container, ProcessSpec.of("echo", "hello"));
    LinuxMachine.exec(container, ProcessSpec.of("tty").withTerminal());
    container.remove();
  }

  private void failToStart() {
    ProcessSpec process = ProcessSpec.of("/no/such/program");
    assertThatThrownBy(() -> machine.run(machine.spec(machine.sandbox(), process)))
        .isInstanceOf(ContainerStartException.class);
  }

  @Test
  void refusesSecondRuntimeInTheSameDirectory() {
    Path state = machine.directory().resolve("run");
    assertThatThrownBy(() -> LinuxContainers.open(state, "other", InstantSource.system()))
        .isInstanceOf(ContainerException.class)
        .hasMessageContaining("another kuber uses");
  }

  @Test
  void reclaimsWhatKilledAgentLeft() throws IOException, InterruptedException {
    Path state = machine.directory().resolve("killed");
    String instance = LinuxMachine.instance() + "-killed";
    int containerPid =
        KilledAgent.run(state, instance, ProcessView.CONTAINER, false, "exec sleep 1000").get(0);
    assertThat(Path.of("/proc", Integer.toString(containerPid), "ns")).exists();
    try (LinuxContainers next = LinuxContainers.open(state, instance, InstantSource.system())) {
      assertThat(next.reclaim()).isEqualTo(new Leftovers(List.of("pod"), List.of("c0"), 1));
      assertThat(next.reclaim().isEmpty()).isTrue();
    }
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(state.toString());
    assertThat(StateDirectory.names(state.resolve("sandboxes"))).isEmpty();
    assertThat(Cgroups.ofHost().below("kuber/" + instance)).isEmpty();
  }
}

package io.kuber.container.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.container.Container;
import io.kuber.container.ContainerRuntime;
import io.kuber.container.Exit;
import io.kuber.container.OutputSink;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent is killed, and another takes over what it had started. */
final class AdoptionTest {
  private static final long LIMIT_MILLIS = 60_000;
  private static final String WAIT_FOR_GO =
      "while [ ! -e " + KilledAgent.SHARED + "/go ]; do sleep 0.05; done; ";

  @TempDir private Path state;
  private final String instance = LinuxMachine.instance() + "-adopted";
  private final Map<String, Recorder> output = new HashMap<>();
  private @Nullable LinuxContainers next;

  /** What a container wrote; its two streams as one. */
  private static final class Recorder implements OutputSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void accept(Stream stream, byte[] more) {
      bytes.writeBytes(more);
    }

    synchronized String text() {
      return bytes.toString(UTF_8);
    }

    synchronized int size() {
      return bytes.size();
    }
  }

  @BeforeEach
  void needsContainers() {
    assumeTrue(LinuxContainers.probe().canRunContainers(), "containers");
  }

  @AfterEach
  void leaveNothing() throws IOException {
    LinuxContainers runtime = next;
    if (runtime != null) {
      runtime.reclaim();
      runtime.close();
      assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(state.toString());
      assertThat(StateDirectory.names(state.resolve("sandboxes"))).isEmpty();
      assertThat(StateDirectory.names(state.resolve("containers"))).isEmpty();
      assertThat(Cgroups.ofHost().below("kuber/" + instance)).isEmpty();
    }
  }

  private List<Integer> killedAgent(ProcessView view, String... scripts)
      throws IOException, InterruptedException {
    return KilledAgent.run(state, instance, view, false, scripts);
  }

  private ContainerRuntime.Adopted adopt() {
    return open()
        .adopt(
            "pod",
            id -> {
              Recorder recorder = new Recorder();
              output.put(id, recorder);
              return recorder;
            })
        .orElseThrow();
  }

  private LinuxContainers open() {
    LinuxContainers runtime = LinuxContainers.open(state, instance, InstantSource.system());
    next = runtime;
    return runtime;
  }

  private LinuxContainers runtime() {
    return Objects.requireNonNull(next, "an agent");
  }

  private Recorder output(String container) {
    return Objects.requireNonNull(output.get(container), container);
  }

  private void go() throws IOException {
    Files.createFile(state.resolve("shared/go"));
  }

  private Path exitFile(String container) {
    return state.resolve("containers/pod").resolve(container).resolve(ExitFile.NAME);
  }

  private void awaitExitFile(String container) {
    Path file = exitFile(container);
    until(() -> size(file) == ExitFile.SIGINFO_BYTES + ExitFile.TIME_BYTES);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition holds in time").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void takesOverStreamsAndExitCodesOfWhatRuns() throws Exception {
    List<Integer> pids =
        killedAgent(
            ProcessView.CONTAINER,
            "read line; echo got $line >&2; exit 7",
            "tty read line; stty size; echo got $line; exit 8");
    List<Container> containers = adopt().containers();
    assertThat(containers).extracting(Container::pid).isEqualTo(pids);
    Container plain = containers.get(0);
    plain.stdin().write("hello\n".getBytes(UTF_8));
    Exit exit = LinuxMachine.await(plain.exit());
    assertThat(exit.code()).isEqualTo(7);
    assertThat(output("c0").text()).isEqualTo("got hello\n");
    Container terminal = containers.get(1);
    terminal.resize(101, 33);
    terminal.stdin().write("you\n".getBytes(UTF_8));
    assertThat(LinuxMachine.await(terminal.exit()).code()).isEqualTo(8);
    assertThat(output("c1").text()).contains("33 101").contains("got you");
  }

  @Test
  void reportsWhatEndedMeanwhileAndHandsOverWhatItWrote() throws Exception {
    List<Integer> pids =
        killedAgent(
            ProcessView.CONTAINER,
            WAIT_FOR_GO + "echo meanwhile; exit 5",
            WAIT_FOR_GO + "tail /dev/zero",
            WAIT_FOR_GO + "head -c 300000 /dev/zero; echo; exit 6");
    go();
    awaitExitFile("c0");
    awaitExitFile("c1");
    Instant back = Instant.now();
    List<Container> containers = adopt().containers();
    Exit ended = LinuxMachine.await(containers.get(0).exit());
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.finishedAt()).isBetween(containers.get(0).startedAt(), back);
    assertThat(output("c0").text()).isEqualTo("meanwhile\n");
    assertThat(LinuxMachine.await(containers.get(1).exit()).oomKilled()).isTrue();
    // The third wrote more than fits into a pipe, so it has waited for somebody to read.
    assertThat(LinuxMachine.await(containers.get(2).exit()).code()).isEqualTo(6);
    assertThat(output("c2").size()).isEqualTo(300_001);
    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
  }

  @Test
  void joinsAndEndsWhatItTookOver() throws Exception {
    killedAgent(ProcessView.POD, "exec sleep 1000", "exec sleep 1000");
    ContainerRuntime.Adopted pod = adopt();
    Container first = pod.containers().get(0);
    assertThat(first.process().command()).containsExactly("sh", "-c", "exec sleep 1000");
    ProcessSpec look = ProcessSpec.of("sh", "-c", "hostname; ls /proc | grep -c '^[0-9]'");
    String seen = LinuxMachine.exec(first, look).stdout();
    assertThat(seen.lines().findFirst()).hasValue("pod");
    Container second = pod.containers().get(1);
    second.signal(9);
    assertThat(LinuxMachine.await(second.exit()).signal()).isEqualTo(9);
    second.remove();
    first.remove();
    pod.sandbox().remove();
    assertThat(runtime().sandboxes()).isEmpty();
  }

  @Test
  void takesOverAPodWithUsersOfItsOwn() throws Exception {
    assumeTrue(LinuxContainers.probe().ownUsers(), "needs user namespaces and Linux 6.13");
    int pid =
        KilledAgent.run(
                state,
                instance,
                ProcessView.CONTAINER,
                true,
                "echo x > /made; read line; echo got $line as $(id -u); exit 4")
            .get(0);
    Object outside = Files.getAttribute(Path.of("/proc", Integer.toString(pid)), "unix:uid");
    assertThat(outside).isNotEqualTo(0);
    ContainerRuntime.Adopted pod = adopt();
    Container container = pod.containers().get(0);
    ProcessSpec look =
        ProcessSpec.of("sh", "-c", "id -u; stat -c %u /made; cat /proc/self/uid_map");
    assertThat(LinuxMachine.exec(container, look).stdout().strip().split("\\s+"))
        .containsExactly("0", "0", "0", outside.toString(), "65536");
    PodSandbox other = runtime().createSandbox(SandboxSpec.of("other", "other").withOwnUsers());
    assertThat(((LinuxSandbox) other).users().orElseThrow().range().first())
        .as("nobody else gets the users that were taken over")
        .isNotEqualTo(outside);
    other.remove();
    container.stdin().write("hello\n".getBytes(UTF_8));
    assertThat(LinuxMachine.await(container.exit()).code()).isEqualTo(4);
    assertThat(output("c0").text()).isEqualTo("got hello as 0\n");
    container.remove();
    pod.sandbox().remove();
    assertThat(runtime().sandboxes()).isEmpty();
  }

  @Test
  void endsContainerWhoseKeeperWasKilled() throws Exception {
    int pid = killedAgent(ProcessView.CONTAINER, "exec sleep 1000").get(0);
    int keeper = ProcessStat.of(pid).orElseThrow().parent();
    ProcessHandle.of(keeper).orElseThrow().destroyForcibly();
    until(() -> ProcessStat.of(pid).filter(stat -> stat.parent() != keeper).isPresent());
    Container container = adopt().containers().get(0);
    assertThat(LinuxMachine.await(container.exit()).code()).isEqualTo(137);
    until(() -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void survivesTheSecondDeathAsWell() throws Exception {
    killedAgent(ProcessView.CONTAINER, WAIT_FOR_GO + "echo twice; exit 9");
    adopt();
    runtime().close();
    go();
    awaitExitFile("c0");
    Container container = adopt().containers().get(0);
    assertThat(LinuxMachine.await(container.exit()).code()).isEqualTo(9);
    assertThat(output("c0").text()).isEqualTo("twice\n");
  }

  @Test
  void takesNothingOverFromBeforeTheMachineWasStartedAnew() throws Exception {
    killedAgent(ProcessView.CONTAINER, "exec sleep 1000");
    Path record = state.resolve("sandboxes/pod/record");
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    Files.writeString(record, Files.readString(record).replace(boot, "another"));
    LinuxContainers runtime = open();
    assertThat(runtime.sandboxes()).isEqualTo(Set.of("pod"));
    assertThat(runtime.adopt("pod", id -> OutputSink.DISCARD)).isEmpty();
    assertThat(runtime.sandboxes()).isEmpty();
  }
}

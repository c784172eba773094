package io.kuber.cli.docker;

import static io.kuber.cli.docker.DockerMachine.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.EnginePlace;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * An engine without a cluster, as a process: what is left of it after its end, and after its death.
 * Alone on the machine, since it is in the usual place.
 */
@Isolated
final class DockerServeTest {
  private static final long LIMIT_SECONDS = 60;

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private Process serve(TestNamespace machine, String name) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.kuber.cli.KuberCommand",
                "docker",
                "--data-dir",
                data().toString(),
                "serve")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name).toFile());
    Process engine = machine.call(builder::start);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!Files.readString(directory.resolve(name)).contains("Listening on")) {
      assertThat(engine.isAlive() && System.nanoTime() < end)
          .as(Files.readString(directory.resolve(name)))
          .isTrue();
      engine.waitFor(50, TimeUnit.MILLISECONDS);
    }
    return engine;
  }

  private String docker(String... words) {
    RecordedEngine.Ended ended =
        RecordedEngine.runAt(List.of("--data-dir", data().toString()), words);
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    return ended.out();
  }

  private static void end(Process engine, boolean hard) throws InterruptedException {
    if (hard) {
      engine.destroyForcibly();
    } else {
      engine.destroy();
    }
    assertThat(engine.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** Pins and control groups of sandboxes, wherever this machine has them. */
  private List<String> left(EnginePlace place) throws IOException {
    List<String> pins =
        Files.readString(Path.of("/proc/self/mountinfo"))
            .lines()
            .filter(line -> line.contains(" " + place.state() + "/"))
            .toList();
    try (Stream<Path> groups =
        Files.find(
            Path.of("/sys/fs/cgroup"),
            4,
            (path, facts) ->
                facts.isDirectory()
                    && path.resolve("..").normalize().endsWith("kuber/" + place.instance()))) {
      return Stream.concat(pins.stream(), groups.map(Path::toString)).toList();
    }
  }

  @Test
  void anEngineThatWasKilledCleansUpAtItsNextStartAndOneThatEndsLeavesNothing() throws Exception {
    var host = LinuxContainers.probe();
    assumeTrue(host.canRunContainers(), () -> "containers: " + host.obstacles());
    EnginePlace place = EnginePlace.alone(data());
    assumeTrue(!Files.exists(place.state()), "an engine is in the usual place");
    try (TestNamespace machine = TestNamespace.create()) {
      Process first = serve(machine, "first");
      docker("run", "-d", "--name", "plain", IMAGE, "sleep", "1000");
      docker("run", "-d", "--name", "init", "--init", IMAGE, "sh", "-c", "echo x > /x; sleep 1000");
      docker("run", "-d", "--name", "held", IMAGE, "sleep", "1000");
      docker("run", "-d", "--name", "keen", "--restart", "always", IMAGE, "sleep", "1000");
      docker("pause", "held");
      List<ProcessHandle> processes =
          Stream.of("plain", "init", "held", "keen")
              .map(name -> docker("inspect", "-f", "{{.State.Pid}}", name).strip())
              .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
              .toList();
      end(first, true);
      assertThat(left(place)).as("nobody has cleaned up").isNotEmpty();
      Process second = serve(machine, "second");
      assertThat(processes).noneMatch(ProcessHandle::isAlive);
      assertThat(docker("ps", "-a", "--format", "{{.Names}} {{.Status}}"))
          .contains("plain Exited (137)", "init Exited (137)", "held Exited (137)");
      docker("start", "init");
      assertThat(docker("exec", "init", "cat", "/x")).isEqualTo("x\n");
      docker("rm", "-f", "plain", "init", "held", "keen");
      docker("run", "-d", "--name", "last", IMAGE, "sleep", "1000");
      end(second, false);
      assertThat(left(place)).isEmpty();
      assertThat(machine.links()).containsExactly("lo");
      assertThat(data().resolve("docker.sock")).doesNotExist();
      Process third = serve(machine, "third");
      assertThat(docker("ps", "-a", "--format", "{{.Names}} {{.Status}}"))
          .startsWith("last Exited");
      docker("rm", "last");
      end(third, false);
      assertThat(left(place)).isEmpty();
      assertThat(place.state()).doesNotExist();
    }
  }
}

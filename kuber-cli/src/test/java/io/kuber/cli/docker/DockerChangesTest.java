package io.kuber.cli.docker;

import static io.kuber.cli.docker.DockerMachine.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.Eventually;
import io.kuber.cli.docker.DockerMachine.Client;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people change of containers that run, and what they are told of them. */
final class DockerChangesTest {
  @RegisterExtension private final DockerMachine machine = new DockerMachine();

  private String status(Client client) {
    return machine.says(client, "ps", "-a", "--format", "{{.Status}}");
  }

  private String inspect(Client client, String template) {
    return machine.says(client, "inspect", "-f", template, "box").strip();
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void pausedContainersStandStill(Client client) {
    machine.says(client, "run", "-d", "--name", "box", IMAGE, "sleep", "1000");
    assertThat(machine.says(client, "pause", "box")).isEqualTo("box\n");
    assertThat(status(client)).contains("Up ", " (Paused)");
    assertThat(inspect(client, "{{.State.Status}} {{.State.Paused}} {{.State.Running}}"))
        .isEqualTo("paused true true");
    assertThat(machine.run(client, "exec", "box", "true").out()).contains("is paused, unpause");
    assertThat(machine.run(client, "pause", "box").out()).contains("is already paused");
    assertThat(machine.says(client, "unpause", "box")).isEqualTo("box\n");
    assertThat(machine.says(client, "exec", "box", "echo", "again")).isEqualTo("again\n");
    machine.says(client, "pause", "box");
    machine.says(client, "stop", "-t", "1", "box");
    assertThat(status(client)).startsWith("Exited");
    assertThat(machine.run(client, "pause", "box").out()).contains("is not running");
    machine.says(client, "start", "box");
    machine.says(client, "pause", "box");
    machine.says(client, "rm", "-f", "box");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void limitsChangeWhileContainersRun(Client client) {
    machine.says(client, "run", "-d", "--name", "box", "-m", "64m", IMAGE, "sleep", "1000");
    machine.says(client, "update", "-m", "96m", "--memory-swap", "128m", "--cpus", "0.25", "box");
    String limits =
        "cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes cpu/cpu.cfs_quota_us 2>/dev/null "
            + "|| cat memory.max cpu.max";
    assertThat(machine.says(client, "exec", "box", "sh", "-c", limits))
        .isIn("100663296\n25000\n", "100663296\n25000 100000\n");
    assertThat(machine.says(client, "update", "--restart", "on-failure:3", "box"))
        .isEqualTo("box\n");
    assertThat(
            inspect(
                client,
                "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}"
                    + " {{.HostConfig.Memory}}"))
        .isEqualTo("on-failure 3 100663296");
    assertThat(machine.run(client, "update", "--cpuset-cpus", "0", "box").out())
        .contains("--cpuset-cpus: ");
    machine.says(client, "stop", "-t", "0", "box");
    machine.says(client, "update", "--pids-limit", "55", "box");
    machine.says(client, "start", "box");
    assertThat(
            machine.says(
                client,
                "exec",
                "box",
                "sh",
                "-c",
                "cd /sys/fs/cgroup; cat pids/pids.max 2>/dev/null || cat pids.max"))
        .isEqualTo("55\n");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void processesAreListedAsPeopleAsk(Client client) {
    machine.says(
        client, "run", "-d", "--name", "box", "--init", IMAGE, "sh", "-c", "sleep 1000 & wait");
    machine.says(client, "exec", "box", "sh", "-c", "until pgrep sleep; do :; done");
    assertThat(machine.says(client, "top", "box")).contains("UID", "CMD", "sleep 1000");
    String pid = inspect(client, "{{.State.Pid}}");
    assertThat(machine.says(client, "top", "box", "-o", "pid,comm").lines().map(String::strip))
        .hasSize(3)
        .anyMatch(line -> line.matches("PID +COMMAND"))
        .anyMatch(line -> line.matches(pid + " +sh"))
        .anyMatch(line -> line.matches("[0-9]+ +sleep"));
    assertThat(machine.run(client, "top", "box", "-o", "comm").out())
        .contains("Couldn't find PID field");
    assertThat(machine.run(client, "top", "box", "--nothing").out()).contains("ps_args: ");
    assertThat(machine.says(client, "stats", "--no-stream", "--format", "{{.Name}} {{.PIDs}}"))
        .isEqualTo("box 2\n");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void healthIsChecked(Client client) throws Exception {
    machine.says(
        client,
        "run",
        "-d",
        "--name",
        "box",
        "--health-cmd",
        "echo looked; test -e /well",
        "--health-interval",
        "100ms",
        "--health-retries",
        "2",
        IMAGE,
        "sleep",
        "1000");
    await(client, "unhealthy");
    assertThat(status(client)).contains(" (unhealthy)");
    assertThat(inspect(client, "{{(index .State.Health.Log 0).ExitCode}}")).isEqualTo("1");
    assertThat(inspect(client, "{{(index .State.Health.Log 0).Output}}")).isEqualTo("looked");
    machine.says(client, "exec", "box", "touch", "/well");
    await(client, "healthy");
    assertThat(status(client)).contains(" (healthy)");
    assertThat(machine.says(client, "ps", "-q", "--filter", "health=healthy").lines()).hasSize(1);
    assertThat(machine.says(client, "ps", "-q", "--filter", "health=unhealthy")).isEmpty();
    assertThat(inspect(client, "{{.State.Health.FailingStreak}}")).isEqualTo("0");
    String soon = Long.toString(InstantSource.system().instant().getEpochSecond() + 1);
    assertThat(machine.says(client, "events", "--since", "1", "--until", soon))
        .contains("container health_status: unhealthy", "container health_status: healthy");
    assertThat(
            machine
                .run(client, "run", "--health-cmd", "true", "--health-retries", "-1", IMAGE)
                .code())
        .isNotZero();
  }

  private void await(Client client, String health) throws IOException {
    Eventually.seen(() -> inspect(client, "{{.State.Health.Status}}"), health::equals);
  }
}

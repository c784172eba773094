package io.kuber.cli.docker;

import static io.kuber.cli.docker.DockerMachine.IMAGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.cli.Eventually;
import io.kuber.cli.docker.DockerMachine.Client;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers in containers, and what they may use (row numbers of the books). */
final class DockerPortsTest {
  @RegisterExtension private final DockerMachine machine = new DockerMachine();

  @BeforeEach
  void open() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/busybox")), "needs busybox (Debian: busybox-static)");
  }

  /** What the machine's own programs read, waiting for the server to listen. */
  private String page(String url) {
    return machine
        .network()
        .call(() -> Eventually.seen(() -> answer(url), Optional::isPresent).orElseThrow());
  }

  /** Empty where nobody listens yet. */
  private static Optional<String> answer(String url) throws IOException {
    try (InputStream in = new URL(url).openStream()) {
      return Optional.of(new String(in.readAllBytes(), UTF_8));
    } catch (ConnectException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void portsOfTheMachineLeadToServers(Client client) {
    String serve = "echo hello > /index.html; exec busybox httpd -f -p 8070 -h /";
    machine.says(client, "run", "-d", "--name", "web", "-p", "8080:8070", IMAGE, "sh", "-c", serve);
    assertThat(page("http://localhost:8080/index.html")).as("CN-03-17").isEqualTo("hello\n");
    assertThat(machine.says(client, "container", "ls"))
        .as("CN-03-20")
        .contains("PORTS")
        .containsPattern("0\\.0\\.0\\.0:8080->8070/tcp +web")
        .contains("\"sh -c 'echo hello >");
    assertThat(machine.says(client, "port", "web")).isEqualTo("8070/tcp -> 0.0.0.0:8080\n");
    assertThat(machine.says(client, "port", "web", "8070")).isEqualTo("0.0.0.0:8080\n");
    assertThat(machine.run(client, "port", "web", "80").out())
        .containsIgnoringCase("no public port '80");
    machine.says(client, "rm", "-f", "web");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void kuardRunsWithLimits(Client client) {
    String serve = "echo kuard > /index.html; exec busybox httpd -f -p 8080 -h /";
    machine.says(
        client,
        "run",
        "-d",
        "--name",
        "kuard",
        "--publish",
        "8080:8080",
        "--memory",
        "200m",
        "--memory-swap",
        "1G",
        "--cpu-shares",
        "1024",
        IMAGE,
        "sh",
        "-c",
        serve);
    assertThat(page("http://localhost:8080/index.html")).as("K1-2-25").isEqualTo("kuard\n");
    String limits =
        "cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes memory/memory.memsw.limit_in_bytes "
            + "cpu/cpu.shares 2>/dev/null || cat memory.max memory.swap.max cpu.weight";
    assertThat(machine.says(client, "exec", "kuard", "sh", "-c", limits))
        .as("K1-2-29, K1-2-30")
        .isIn("209715200\n1073741824\n1024\n", "209715200\n864026624\n39\n");
    assertThat(machine.run(client, "rm", "kuard").code()).as("K2-2-22: it runs").isOne();
    assertThat(machine.says(client, "stop", "-t", "1", "kuard")).as("K1-2-28").isEqualTo("kuard\n");
    assertThat(machine.says(client, "rm", "kuard")).as("K1-2-28").isEqualTo("kuard\n");
    machine.says(client, "run", "-d", "--name", "kuard", IMAGE, "true");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void whoeverTakesTooMuchMemoryIsKilled(Client client) {
    assertThat(
            machine
                .run(client, "run", "--name", "big", "-m", "20m", IMAGE, "tail", "/dev/zero")
                .code())
        .as("K1-2-29")
        .isEqualTo(137);
    assertThat(machine.says(client, "inspect", "-f", "{{.State.OOMKilled}}", "big"))
        .isEqualTo("true\n");
    assertThat(machine.run(client, "run", "-m", "1m", IMAGE).out())
        .contains("Minimum memory limit allowed is 6MB");
    assertThat(machine.run(client, "run", "-m", "100m", "--memory-swap", "50m", IMAGE).out())
        .contains("Minimum memoryswap limit should be larger than memory limit");
  }
}

package io.kuber.cli.docker;

import static io.kuber.cli.docker.DockerMachine.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.cli.docker.DockerMachine.Docker;
import io.kuber.cli.docker.TestEngine.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people do with Docker's own client (row numbers of the books), against the engine. */
@SuppressWarnings("NullAway.Init")
final class DockerClientTest {
  @TempDir private Path directory;
  @RegisterExtension private final DockerMachine machine = new DockerMachine();
  private Docker docker;

  static Stream<Docker> clients() {
    List<Docker> clients = TestEngine.clients().map(Docker::new).toList();
    assumeTrue(!clients.isEmpty(), "no docker client: name some in KUBER_DOCKERS");
    return clients.stream();
  }

  private Said run(String... words) {
    return machine.run(docker, words);
  }

  private String says(String... words) {
    return machine.says(docker, words);
  }

  /** The next whole second: the client rounds the present down. */
  private static String soon() {
    return Long.toString(InstantSource.system().instant().getEpochSecond() + 1);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void runsContainersInTheBackground(Docker client) {
    docker = client;
    assertThat(says("version")).contains("API version", "1.41");
    String id = says("run", "-d", "--name", "web", IMAGE, "sh", "-c", "echo hello; sleep 1000");
    assertThat(id.strip()).as("CN-03-19: the long id").matches("[0-9a-f]{64}");
    assertThat(says("ps")).contains("web", IMAGE, "Up ", id.substring(0, 12));
    assertThat(says("inspect", "-f", "{{.NetworkSettings.IPAddress}}", "web")).startsWith("172.");
    assertThat(says("info")).contains("Running: 1");
    assertThat(says("stop", "-t", "1", "web")).isEqualTo("web\n");
    assertThat(says("logs", "web")).isEqualTo("hello\n");
    assertThat(says("ps", "-a")).contains("Exited (");
    assertThat(says("start", "web")).isEqualTo("web\n");
    assertThat(says("kill", "web")).isEqualTo("web\n");
    assertThat(says("wait", "web")).isEqualTo("137\n");
    assertThat(says("rename", "web", "old")).isEmpty();
    assertThat(says("rm", "old")).isEqualTo("old\n");
    assertThat(run("inspect", "old").code()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void namesContainersWithoutNamesAndKeepsEachRun(Docker client) {
    docker = client;
    for (int i = 0; i < 3; i++) {
      says("run", "-d", IMAGE, "true");
    }
    List<String> names = says("ps", "-a", "--format", "{{.Names}}").lines().toList();
    assertThat(names)
        .as("CN-03-10, CN-03-11")
        .hasSize(3)
        .allMatch(name -> name.matches("[a-z]+_[a-z]+[0-9]*"));
    assertThat(says("container", "rm", "-f", names.get(0))).isEqualTo(names.get(0) + "\n");
    assertThat(says("container", "prune", "-f")).contains("Deleted Containers");
    assertThat(says("ps", "-aq")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void hasNetworksVolumesAndEvents(Docker client) {
    docker = client;
    assertThat(says("network", "create", "mine").strip()).matches("[0-9a-f]{64}");
    assertThat(says("network", "ls")).contains("bridge", "host", "none", "mine");
    says("volume", "create", "data");
    says(
        "run", "-d", "--name", "app", "--network", "mine", "-v", "data:/d", IMAGE, "sleep", "1000");
    assertThat(says("network", "inspect", "mine")).contains("\"Name\": \"app\"");
    assertThat(run("network", "rm", "mine").out()).contains("has active endpoints");
    assertThat(run("volume", "rm", "data").out()).contains("volume is in use");
    assertThat(says("events", "--since", "1", "--until", soon(), "--filter", "container=app"))
        .contains("container create", "container start");
    says("rm", "-f", "app");
    says("network", "rm", "mine");
    says("volume", "rm", "data");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void runsCommandsInTheForegroundAndAgain(Docker client) {
    docker = client;
    assertThat(says("run", "--name", "first", IMAGE, "sh", "-c", "cat /seen; echo hi | tee /seen"))
        .as("CN-03-6, CN-03-12")
        .contains("hi\n");
    assertThat(says("start", "-a", "first")).as("CN-03-13, CN-03-24").contains("hi\nhi\n");
    assertThat(says("ps", "-aq").lines()).hasSize(1);
    assertThat(run("run", "--rm", IMAGE, "sh", "-c", "exit 5").code()).isEqualTo(5);
    assertThat(says("ps", "-aq").lines()).as("CN-03-14").hasSize(1);
    assertThat(run("run", "--rm", IMAGE, "no-such-program").code()).isEqualTo(127);
    assertThat(run("run", "--name", "first", IMAGE, "true").out())
        .as("CN-03-29")
        .contains("is already in use by container");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void looksIntoContainers(Docker client) {
    docker = client;
    says("run", "-d", "--name", "web", IMAGE, "sh", "-c", "echo one > /one; sleep 1000");
    assertThat(says("exec", "web", "sh", "-c", "echo inside")).as("CN-03-38").isEqualTo("inside\n");
    assertThat(run("exec", "web", "sh", "-c", "exit 3").code()).isEqualTo(3);
    assertThat(says("diff", "web")).as("CN-03-33").contains("A /one");
    assertThat(says("top", "web")).contains("sleep 1000");
    says("kill", "web");
    assertThat(run("exec", "web", "true").code()).as("CN-03-38").isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void copiesFilesBothWaysWhetherContainersRunOrNot(Docker client) throws IOException {
    docker = client;
    Path tree = Files.createDirectories(directory.resolve("tree/deep"));
    Files.writeString(tree.resolve("file"), "text");
    Files.setPosixFilePermissions(
        tree.resolve("file"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
    says("run", "-d", "--name", "box", IMAGE, "sleep", "1000");
    for (boolean runs : List.of(true, false)) {
      String to = runs ? "/running" : "/stopped";
      says("cp", directory.resolve("tree").toString(), "box:" + to);
      Path back = directory.resolve("back" + to.substring(1));
      says("cp", "box:" + to, back.toString());
      assertThat(back.resolve("deep/file")).as("CN-03-26, CN-03-28").hasContent("text");
      assertThat(Files.getPosixFilePermissions(back.resolve("deep/file")))
          .as("CN-03-27")
          .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
      assertThat(Files.readSymbolicLink(back.resolve("deep/link"))).hasToString("file");
      says("cp", tree.resolve("file").toString(), "box:" + to + "/renamed");
      says(
          "cp",
          "box:" + to + "/deep/.",
          directory.resolve("contents" + to.substring(1)).toString());
      assertThat(directory.resolve("contents" + to.substring(1) + "/file")).hasContent("text");
      assertThat(run("cp", "box:/nowhere", directory.toString()).out())
          .containsAnyOf(
              "Could not find the file /nowhere in container box",
              "No such container:path: box:/nowhere");
      says("stop", "-t", "0", "box");
    }
    says("start", "box");
    assertThat(says("exec", "box", "cat", "/running/renamed", "/stopped/renamed"))
        .isEqualTo("texttext");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void tellsWhatContainersUse(Docker client) {
    docker = client;
    says("run", "-d", "--name", "busy", "-m", "64m", IMAGE, "sh", "-c", "while :; do :; done");
    String used =
        says("stats", "--no-stream", "--format", "{{.Name}} {{.CPUPerc}} {{.MemUsage}} {{.PIDs}}");
    assertThat(used).matches("busy [0-9.]+% [0-9.]+[KM]iB / 64MiB 1\n");
    assertThat(used).as("a loop without end").doesNotContain(" 0.00%");
    says("stop", "-t", "0", "busy");
    assertThat(says("stats", "--no-stream", "-a", "--format", "{{.Name}} {{.PIDs}}"))
        .startsWith("busy ");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void neverCopiesOutOfTheContainersRoot(Docker client) throws IOException {
    docker = client;
    Path secret = Files.createDirectories(directory.resolve("secret"));
    Files.writeString(secret.resolve("word"), "of the machine");
    says(
        "run",
        "-d",
        "--name",
        "sly",
        IMAGE,
        "sh",
        "-c",
        "ln -s "
            + secret
            + " /out; ln -s /proc/1/root/.. /up; mkdir -p "
            + secret
            + "; echo inside > "
            + secret
            + "/word; sleep 1000");
    Path got = directory.resolve("got");
    says("exec", "sly", "sh", "-c", "until [ -e " + secret + "/word ]; do :; done");
    says("cp", "sly:/out/word", got.toString());
    assertThat(got).hasContent("inside");
    Path mine = Files.writeString(directory.resolve("mine"), "mine");
    says("cp", mine.toString(), "sly:/out/word");
    assertThat(secret.resolve("word")).hasContent("of the machine");
    assertThat(says("exec", "sly", "cat", secret + "/word")).isEqualTo("mine");
    assertThat(run("cp", "sly:/up" + secret + "/word", got.toString()).code()).isNotZero();
    assertThat(got).hasContent("inside");
  }
}

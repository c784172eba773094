package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.LocalNode;
import io.kuber.boot.StartException;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The first command of the README, in a process of its own as a reader would start it. Alone on the
 * machine, since it looks for whatever carries kuber's name.
 */
@Isolated
final class QuickstartTest {
  private static final long LIMIT_SECONDS = 300;
  private static final String NAME = "kuber";
  private static final Path PROCESSES = Path.of("/proc");
  private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");
  private static final Path NFT = Path.of("/usr/sbin/nft");

  @TempDir private Path directory;

  /** Everything on this machine that carries kuber's name. */
  private record Traces(
      List<String> processes,
      List<String> mounts,
      List<String> links,
      List<String> controlGroups,
      List<String> tables) {
    static final Traces NONE = new Traces(List.of(), List.of(), List.of(), List.of(), List.of());

    static Traces now() throws Exception {
      return new Traces(
          startedProcesses(), mountPoints(), networkLinks(), nodeGroups(), packetTables());
    }

    /** Those in a control group of kuber's: whatever it started is in one. */
    private static List<String> startedProcesses() throws IOException {
      try (Stream<Path> entries = Files.list(PROCESSES)) {
        return entries
            .filter(entry -> content(entry.resolve("cgroup")).contains("/" + NAME + "/"))
            .map(Path::toString)
            .toList();
      }
    }

    /** Network namespaces are among them, pinned by mounts. */
    private static List<String> mountPoints() {
      return content(PROCESSES.resolve("self/mounts"))
          .lines()
          .filter(line -> line.contains("/" + NAME))
          .toList();
    }

    private static List<String> networkLinks() throws IOException {
      return NetworkInterface.networkInterfaces()
          .map(NetworkInterface::getName)
          .filter(name -> name.startsWith(NAME))
          .toList();
    }

    private static List<String> nodeGroups() throws IOException {
      try (Stream<Path> found =
          Files.find(CONTROL_GROUPS, 3, (path, unused) -> path.endsWith(NAME + "/node"))) {
        return found.map(Path::toString).toList();
      }
    }

    /** Only where nft(8) is there to list them. */
    private static List<String> packetTables() throws IOException {
      if (!Files.isExecutable(NFT)) {
        return List.of();
      }
      Process nft = new ProcessBuilder(NFT.toString(), "list", "tables").start();
      try (Stream<String> lines = nft.inputReader().lines()) {
        return lines.filter(line -> line.contains(NAME)).toList();
      }
    }
  }

  /** Empty when there is none: processes come and go while they are looked at. */
  private static String content(Path file) {
    try {
      return Files.isReadable(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void seesEverythingWorkAndLeavesNothingBehind() throws Exception {
    try {
      new LocalNode().check();
    } catch (StartException e) {
      Assumptions.abort(String.valueOf(e.getMessage()));
    }
    assumeTrue(Traces.now().equals(Traces.NONE), () -> "another kuber runs on this machine");
    Path output = directory.resolve("output");
    Process quickstart = quickstart(output);
    try {
      assertThat(quickstart.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
          .as(() -> "out of patience, said: " + content(output))
          .isTrue();
    } finally {
      quickstart.destroy();
    }
    String said = Files.readString(output);
    assertThat(quickstart.exitValue()).as(said).isZero();
    assertThat(said).contains("everything works, and nothing is left behind");
    assertThat(Traces.now()).isEqualTo(Traces.NONE);
    assertThat(directory.resolve("tmp")).isEmptyDirectory();
  }

  private Process quickstart(Path output) throws IOException {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            KuberCommand.class.getName(),
            "quickstart",
            "--check")
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}

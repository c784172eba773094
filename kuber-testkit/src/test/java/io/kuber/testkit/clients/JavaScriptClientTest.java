package io.kuber.testkit.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.Progress;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JavaScript client, run by Node.js. {@code KUBER_JAVASCRIPT} names the directory into which
 * npm installed it, because npm's registry is not to be reached from everywhere.
 */
@Tag("javascript")
final class JavaScriptClientTest {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path directory;

  private static Path modules() {
    return Path.of(System.getenv().getOrDefault("KUBER_JAVASCRIPT", "."), "node_modules");
  }

  @Test
  void listsCreatesWatchesPatchesAndDeletes() throws Exception {
    assumeTrue(
        Files.isDirectory(modules().resolve("@kubernetes/client-node")),
        "no JavaScript client: npm install --prefix DIR @kubernetes/client-node@1.4.0, and name"
            + " DIR in KUBER_JAVASCRIPT");
    try (Cluster cluster =
        Cluster.start(
            new ClusterOptions(directory.resolve("data"), 0, "unused"),
            new MachineHalf(),
            Progress.SILENT)) {
      assertThat(run(cluster))
          .containsExactly(
              "ADDED {\"key\":\"one\"}",
              "MODIFIED {\"more\":\"yes\"}",
              "listed it",
              "DELETED {\"more\":\"yes\"}",
              "404 NotFound");
    }
  }

  private Iterable<String> run(Cluster cluster) throws Exception {
    Path script = directory.resolve("work.mjs");
    try (InputStream work = getClass().getResourceAsStream("/javascript/work.mjs")) {
      assertThat(work).isNotNull();
      Files.copy(work, script);
    }
    Path output = directory.resolve("output");
    ProcessBuilder node =
        new ProcessBuilder(
            "node", script.toString(), modules().toAbsolutePath().toString(), "javascript");
    node.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
    Process running = node.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      boolean ended = running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(ended).as(Files.readString(output)).isTrue();
      assertThat(running.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      running.destroyForcibly();
    }
    return Files.readAllLines(output);
  }
}

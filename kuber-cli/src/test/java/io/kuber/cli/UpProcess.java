package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import io.kuber.boot.LocalNode;
import io.kuber.boot.StartException;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A whole {@code kuber up} as a process, with this machine as its node in the usual place: whoever
 * starts one has to be alone on the machine.
 *
 * @param directory where it keeps everything, and the tests beside it
 * @param namespace its network
 */
record UpProcess(Path directory, TestNamespace namespace) {
  private static final long LIMIT_SECONDS = 60;
  private static final String READY = "{.items[*].status.conditions[?(@.type==\"Ready\")].status}";

  /** Skips the test where there can be none. */
  static void check() {
    try {
      new LocalNode().check();
    } catch (StartException e) {
      Assumptions.abort(String.valueOf(e.getMessage()));
    }
    assumeTrue(KubectlCluster.programs().findAny().isPresent(), "no kubectl");
  }

  /** Where it keeps everything. */
  Path data() {
    return directory.resolve("data");
  }

  /**
   * Starts one.
   *
   * @param name of the file that gets what it says
   */
  Process start(String name, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KuberCommand.class.getName(),
                "up",
                "--data-dir",
                data().toString()));
    command.addAll(List.of(options));
    ProcessBuilder up =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".out").toFile());
    return namespace.call(up::start);
  }

  /** Ends one as a person does. */
  static void end(Process up) throws InterruptedException {
    up.destroy();
    assertThat(up.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** The first kubectl, in the same network. */
  Kubectl kubectl() throws IOException {
    return new Kubectl(
        KubectlCluster.programs().findFirst().orElseThrow(),
        data().resolve("kubeconfig"),
        Files.createDirectory(directory.resolve("kubectl")),
        "default",
        program -> namespace.call(program::start));
  }

  /** Waits until all nodes are ready, and pods can be made. */
  static void awaitReady(Kubectl kubectl) throws IOException {
    kubectl.until(
        said -> !said.isEmpty() && Splitter.on(' ').splitToStream(said).allMatch("True"::equals),
        "get",
        "node",
        "-o",
        "jsonpath=" + READY);
    kubectl.until(said -> said.contains("default"), "get", "serviceaccount");
  }
}

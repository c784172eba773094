package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.Progress;
import io.kuber.boot.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A cluster for the tests of a class, and the kubectl programs that work with it: those of {@code
 * KUBER_KUBECTLS}, separated by colons, or the one of the machine. Without a program, or where the
 * nodes cannot run, the tests are skipped and say so.
 */
final class KubectlCluster implements BeforeAllCallback, AfterAllCallback {
  /** Method source of all programs. */
  static final String PROGRAMS = "io.kuber.cli.KubectlCluster#programs";

  /** Method source of the programs of 1.28 and later; there may be none. */
  static final String NEWER_PROGRAMS = "io.kuber.cli.KubectlCluster#newerPrograms";

  private static final int NEWER = 28;
  private static final Pattern MINOR = Pattern.compile("v1\\.(\\d+)\\.");
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private final Supplier<Path> directory;
  private final String node;
  private final NodeHalf nodes;
  private @Nullable Cluster cluster;

  /**
   * A cluster that starts before the first test.
   *
   * @param directory where everything is kept, once tests begin
   * @param node the name of this machine, where it is a node
   */
  KubectlCluster(Supplier<Path> directory, String node, NodeHalf nodes) {
    this.directory = directory;
    this.node = node;
    this.nodes = nodes;
  }

  static Stream<Path> programs() {
    String named = System.getenv().getOrDefault("KUBER_KUBECTLS", "/usr/bin/kubectl");
    return Stream.of(named.split(":", -1)).map(Path::of).filter(Files::isExecutable);
  }

  static Stream<Path> newerPrograms() {
    return programs().filter(KubectlCluster::isNewer);
  }

  /** Whether the program is of 1.28 or later. */
  static boolean isNewer(Path program) {
    return minor(program) >= NEWER;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    assumeTrue(
        programs().findAny().isPresent(),
        "no kubectl: name some in KUBER_KUBECTLS, or install Debian's kubernetes-client");
    try {
      ClusterOptions options = new ClusterOptions(directory.get().resolve("data"), 0, node);
      cluster = Cluster.start(options, nodes, Progress.SILENT);
    } catch (StartException e) {
      Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The program, in a namespace that nobody else uses. */
  Kubectl in(Path program) throws IOException, InterruptedException {
    if (cluster == null) {
      throw new IllegalStateException("there is no cluster");
    }
    String namespace = "test-" + NAMESPACES.incrementAndGet();
    Path own = Files.createDirectory(directory.get().resolve(namespace));
    Kubectl kubectl = new Kubectl(program, cluster.kubeconfig(), own, namespace);
    assertThat(kubectl.does("create", "namespace", namespace)).endsWith("created\n");
    return kubectl;
  }

  private static int minor(Path program) {
    try {
      Process process = new ProcessBuilder(program.toString(), "version", "--client").start();
      String said;
      try (var reader = process.inputReader()) {
        said = String.join("\n", reader.lines().toList());
      }
      Matcher minor = MINOR.matcher(said);
      assertThat(minor.find()).as("%s: %s", program, said).isTrue();
      return Integer.parseInt(minor.group(1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

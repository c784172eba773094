package io.kuber.boot;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Huge pages, on a machine that is made to set some aside for as long as the tests run. */
final class HugePageFieldsTest {
  private static final long MEBI = 1 << 20;

  @TempDir private static Path directory;

  @RegisterExtension
  @Order(1)
  private static final Pages PAGES = new Pages();

  @RegisterExtension
  @Order(2)
  private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static final FieldReader READER = new FieldReader(BENCH);

  private static final String ASKED =
      "resources: {limits: {hugepages-2Mi: 4Mi, memory: 64Mi}},"
          + " volumeMounts: [{name: huge, mountPath: /huge}]";

  /** Four pages more than the machine had. */
  private static final class Pages implements BeforeAllCallback, AfterAllCallback {
    private static final Path COUNT =
        Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages");
    private static final long MORE = 4;

    private long before = -1;

    static long count() throws IOException {
      return Long.parseLong(Files.readString(COUNT).strip());
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
      assumeTrue(Files.isWritable(COUNT), "this machine has no pages of 2 MiB, or not for us");
      before = count();
      Files.writeString(COUNT, Long.toString(before + MORE));
      assumeTrue(count() == before + MORE, "the machine has no memory in one piece for huge pages");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
      if (before >= 0) {
        Files.writeString(COUNT, Long.toString(before));
      }
    }
  }

  private static KubeObject node() {
    return await(BENCH.cluster().client().get(Resources.NODES, "", NodeBench.NODE));
  }

  @Test
  void areToldByTheNodeAndNotCountedAsMemoryAsWell() throws IOException {
    Tree status = node().status();
    Quantity all = Quantity.of(status.at("capacity", "hugepages-2Mi"));
    assertThat(all.value()).isEqualTo(Pages.count() * 2 * MEBI);
    assertThat(Quantity.of(status.at("allocatable", "hugepages-2Mi"))).isEqualTo(all);
    long memory = Quantity.of(status.at("capacity", "memory")).value();
    assertThat(Quantity.of(status.at("allocatable", "memory")).value())
        .isEqualTo(memory - all.value() - 100 * MEBI);
  }

  @Test
  void holdFilesUpToTheLimitOfThePod() {
    String read =
        READER.read(
            "volumes: [{name: huge, emptyDir: {medium: HugePages}}]",
            ASKED,
            "grep -c ' /huge hugetlbfs .*pagesize=2M' /proc/mounts;"
                + " fallocate -l 4M /huge/file && stat -c %s /huge/file;"
                + " fallocate -l 2M /huge/more 2>/dev/null || echo no more;"
                + " stat -c %a /huge");
    assertThat(read).isEqualTo("1\n4194304\nno more\n777");
  }

  @Test
  void areNamedByTheirSizeWhereAPodHasSeveral() {
    assertThat(
            READER.read(
                "volumes: [{name: huge, emptyDir: {medium: HugePages-2Mi}}]",
                ASKED,
                "stat -f -c '%T %S %b' /huge"))
        .isEqualTo("hugetlbfs 2097152 2");
  }
}

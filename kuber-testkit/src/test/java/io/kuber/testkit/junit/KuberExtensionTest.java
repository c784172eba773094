package io.kuber.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.OpenClusters;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.chaos.Fault;
import io.kuber.testkit.chaos.Requests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** Test classes as people write them, run by JUnit inside a test. */
final class KuberExtensionTest {
  private static final long PATIENCE_SECONDS = 60;

  private static TestExecutionSummary run(Class<?> type) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(type))
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.executor-service", "FORK_JOIN_POOL")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static void succeeds(Class<?> type, int tests) {
    TestExecutionSummary summary = run(type);
    assertThat(summary.getFailures()).extracting(Failure::getException).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(tests);
  }

  private static List<String> fails(Class<?> type) {
    return run(type).getFailures().stream()
        .map(failure -> String.valueOf(failure.getException().getMessage()))
        .toList();
  }

  private static void make(Client client, String name) throws Exception {
    KubeObject map =
        Resources.CONFIG_MAPS.object("default", name).with(Tree.of("key", "value"), "data");
    client
        .create(Resources.CONFIG_MAPS, map)
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The config maps that tests have made. */
  private static List<String> maps(Client client) throws Exception {
    return client
        .list(Resources.CONFIG_MAPS, "default", ListOptions.ALL)
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .objects()
        .stream()
        .map(KubeObject::name)
        .filter(name -> !name.equals("kube-root-ca.crt"))
        .toList();
  }

  @Test
  void setsTheClusterBackToWhatTheClassHasPrepared() {
    succeeds(Prepared.class, 4);
  }

  @KuberTest
  static class Prepared {
    private final Client client;

    Prepared(Client client) throws Exception {
      this.client = client;
      make(client, "each");
    }

    @BeforeAll
    static void prepare(Client client) throws Exception {
      make(client, "all");
    }

    @Test
    void one() throws Exception {
      assertThat(maps(client)).containsExactly("all", "each");
      make(client, "mine");
    }

    @Test
    void two() throws Exception {
      one();
    }

    @Nested
    class Within {
      @BeforeAll
      static void prepare(Client client) throws Exception {
        assertThat(maps(client)).containsExactly("all");
        make(client, "within");
      }

      @Test
      void one() throws Exception {
        assertThat(maps(client)).containsExactly("all", "each", "within");
        make(client, "mine");
      }

      @Test
      void two() throws Exception {
        one();
      }
    }
  }

  @Test
  void leavesTheClusterAloneWhenAskedTo() {
    succeeds(Kept.class, 2);
  }

  @KuberTest(
      between = Between.KEEP,
      controllers = {})
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Kept {
    @Test
    @Order(1)
    void makes(Client client) throws Exception {
      make(client, "left");
    }

    @Test
    @Order(2)
    void finds(Client client) throws Exception {
      assertThat(maps(client)).containsExactly("left");
    }
  }

  @Test
  void givesEachMethodAClusterOfItsOwnWhenAskedTo() {
    succeeds(Renewed.class, 2);
    assertThat(Renewed.SEEN).hasSize(2);
    assertThat(Renewed.SEEN).allSatisfy(file -> assertThat(file).doesNotExist());
  }

  @KuberTest(
      between = Between.NEW,
      controllers = {})
  static class Renewed {
    private static final Set<Path> SEEN = ConcurrentHashMap.newKeySet();

    private void look(Client client, Path file) throws Exception {
      assertThat(maps(client)).isEmpty();
      make(client, "mine");
      assertThat(Files.exists(file)).isTrue();
      SEEN.add(file);
    }

    @Test
    void one(Client client, @Kubeconfig Path file) throws Exception {
      look(client, file);
    }

    @Test
    void two(Client client, @Kubeconfig Path file) throws Exception {
      look(client, file);
    }
  }

  @Test
  void forksTheClusterForMethodsThatRunBesideEachOther() {
    succeeds(Beside.class, 2);
  }

  @KuberTest
  @Execution(ExecutionMode.CONCURRENT)
  static class Beside {
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @BeforeAll
    static void prepare(Client client) throws Exception {
      make(client, "all");
    }

    private void meet(Client client) throws Exception {
      BOTH.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      make(client, "same");
      BOTH.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(maps(client)).containsExactly("all", "same");
    }

    @Test
    void one(Client client) throws Exception {
      meet(client);
    }

    @Test
    void two(Client client) throws Exception {
      meet(client);
    }
  }

  @Test
  void namesATestThatLeavesAClusterOpen() {
    assertThat(fails(Leaking.class))
        .singleElement()
        .asString()
        .startsWith("Leaking.leaks() left a cluster open that it started at ")
        .contains("Leaking.leaks(KuberExtensionTest.java:");
    assertThat(OpenClusters.startedBy(origin -> origin.isWithin(Leaking.class.getName())))
        .isEmpty();
  }

  @KuberTest(controllers = {})
  static class Leaking {
    @Test
    void leaks(Client client) throws Exception {
      TestCluster forgotten = TestCluster.start();
      assertThat(forgotten.client()).isNotSameAs(client);
    }

    @Test
    void closes() throws Exception {
      try (TestCluster closed = TestCluster.start()) {
        assertThat(closed.snapshot().size()).isPositive();
      }
    }
  }

  @Test
  void refusesAClassThatDoesNotSayWhatItWants() {
    assertThat(fails(Silent.class)).singleElement().isEqualTo("the test class has no @KuberTest");
  }

  @ExtendWith(KuberExtension.class)
  static class Silent {
    @Test
    void nothing() {}
  }

  @Test
  void namesControllersThatDoNotExist() {
    assertThat(fails(Mistaken.class))
        .singleElement()
        .asString()
        .startsWith("there is no controller \"deployments\"; there are ");
  }

  @KuberTest(controllers = {"*", "-deployments"})
  static class Mistaken {
    @Test
    void nothing() {}
  }

  @KuberTest(seed = 42)
  static final class Unlucky {
    @Test
    void fails(TestCluster cluster) {
      cluster.faults().when(Requests.any()).drawn(0.5).then(Fault.unavailable());
      throw new IllegalStateException("bad luck");
    }
  }

  @Test
  void tellsTheSeedBesideAFailure() {
    assertThat(run(Unlucky.class).getFailures())
        .extracting(failure -> failure.getException().getSuppressed())
        .anySatisfy(
            beside ->
                assertThat(beside)
                    .extracting(Throwable::getMessage)
                    .contains(
                        "faults were drawn from seed 42; @KuberTest(seed = 42) draws the same"));
  }
}

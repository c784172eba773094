package io.kuber.boot;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Pods that files of a real node declare. */
@Execution(ExecutionMode.CONCURRENT)
final class StaticPodsTest {
  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  @RegisterExtension
  private static final NodeBench TOLD =
      new NodeBench(() -> directory.resolve("told"))
          .at(place -> place.withManifests(directory.resolve("own")));

  private static Path usual(NodeBench bench) {
    return bench.data().resolve("node/manifests");
  }

  private static Path declare(String name, String word) throws IOException {
    return declare(usual(BENCH), name, word);
  }

  /** Files appear whole, as whoever cares about such a directory moves them there. */
  private static Path declare(Path manifests, String name, String word) throws IOException {
    Files.createDirectories(manifests);
    Path written = Files.createTempFile(directory, "pod", ".yaml");
    Files.writeString(
        written,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, labels: {word: %s}}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - {name: main, image: kuber.io/host, command: [sh, -c, 'echo %s; sleep 1000']}
        """
            .formatted(name, word, word));
    return Files.move(
        written, manifests.resolve(name + ".yaml"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static KubeObject awaitMirror(String name, String word) {
    return awaitMirror(BENCH, name, word);
  }

  private static KubeObject awaitMirror(NodeBench bench, String name, String word) {
    NodeBench.until(
        () ->
            bench
                .cluster()
                .find(Resources.PODS, name)
                .filter(pod -> word.equals(pod.labels().get("word")) && NodeBench.isReady(pod))
                .isPresent());
    return bench.cluster().pod(name);
  }

  private static boolean isGone(String name) {
    return isGone(BENCH, name);
  }

  private static boolean isGone(NodeBench bench, String name) {
    return bench.cluster().find(Resources.PODS, name).isEmpty();
  }

  @Test
  void areShownByPodsThatBelongToTheNode() throws IOException {
    Path file = declare("shown", "one");
    KubeObject mirror = awaitMirror("shown-node-1", "one");
    assertThat(mirror.annotations())
        .containsEntry("kubernetes.io/config.source", "file")
        .containsEntry(
            "kubernetes.io/config.mirror", mirror.annotations().get("kubernetes.io/config.hash"));
    Tree owner = mirror.metadata().items("ownerReferences").tree(0);
    KubeObject node = BENCH.cluster().find(Resources.NODES, NodeBench.NODE).orElseThrow();
    assertThat(owner.text("uid")).isEqualTo(node.uid());
    NodeBench.until(() -> BENCH.logs("shown-node-1", "main").equals("one\n"));
    assertThat(BENCH.exec("shown-node-1", "main", "echo", "inside")).isEqualTo("inside\n");
    Files.delete(file);
    NodeBench.until(() -> isGone("shown-node-1"));
  }

  @Test
  void goOnWhenSomebodyDeletesWhatShowsThem() throws IOException {
    Path file = declare("stubborn", "one");
    KubeObject before = awaitMirror("stubborn-node-1", "one");
    String container = FieldReader.status(before).text("containerID");
    await(
        BENCH
            .cluster()
            .client()
            .delete(Resources.PODS, "default", before.name(), DeleteOptions.DEFAULT));
    NodeBench.until(
        () ->
            BENCH
                .cluster()
                .find(Resources.PODS, before.name())
                .filter(pod -> !pod.uid().equals(before.uid()) && NodeBench.isReady(pod))
                .isPresent());
    assertThat(FieldReader.status(BENCH.cluster().pod(before.name())).text("containerID"))
        .isEqualTo(container);
    Files.delete(file);
    NodeBench.until(() -> isGone(before.name()));
  }

  @Test
  void areExchangedWhenTheirFilesChange() throws IOException {
    Path file = declare("changing", "one");
    KubeObject before = awaitMirror("changing-node-1", "one");
    declare("changing", "two");
    KubeObject after = awaitMirror("changing-node-1", "two");
    assertThat(after.uid()).isNotEqualTo(before.uid());
    NodeBench.until(() -> BENCH.logs("changing-node-1", "main").equals("two\n"));
    Files.delete(file);
    NodeBench.until(() -> isGone("changing-node-1"));
  }

  @Test
  void areReadFromTheDirectoryThatTheNodeIsToldAndFromNoOther() throws IOException {
    declare(usual(TOLD), "unread", "one");
    Path file = declare(directory.resolve("own"), "read", "one");
    awaitMirror(TOLD, "read-node-1", "one");
    NodeBench.until(() -> TOLD.logs("read-node-1", "main").equals("one\n"));
    assertThat(isGone(TOLD, "unread-node-1")).isTrue();
    Files.delete(file);
    NodeBench.until(() -> isGone(TOLD, "read-node-1"));
  }
}

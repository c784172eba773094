package io.kuber.node.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.boot.NodeBench;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A real pod that takes more of the disk than it may. */
@Execution(ExecutionMode.CONCURRENT)
final class RealPodEvictionTest {
  @TempDir private static Path directory;

  @RegisterExtension static final NodeBench NODE = new NodeBench(() -> directory);

  @Test
  void letsGoAPodWhoseVolumeIsTooLarge() {
    NODE.run(
        """
        metadata: {name: greedy}
        spec:
          terminationGracePeriodSeconds: 0
          volumes: [{name: scratch, emptyDir: {sizeLimit: 1Mi}}]
          containers:
          - name: main
            image: kuber.io/host
            command: [sh, -c, 'head -c 5000000 /dev/zero > /scratch/file; sleep 1000']
            volumeMounts: [{name: scratch, mountPath: /scratch}]
        """);
    KubeObject evicted =
        NODE.awaitPod("greedy", pod -> pod.status().text("reason").equals("Evicted"));
    assertThat(evicted.status().text("message"))
        .isEqualTo("Usage of EmptyDir volume \"scratch\" exceeds the limit \"1Mi\". ");
    NODE.awaitPod("greedy", pod -> NodeBench.phase(pod).equals("Failed"));
    NodeBench.until(
        () ->
            NODE.cluster().list(Resources.EVENTS).stream()
                .map(KubeObject::tree)
                .anyMatch((Tree event) -> event.text("reason").equals("Evicted")));
    NODE.delete("greedy");
  }

  @Test
  void tellsThatTheNodeLacksNothing() {
    KubeObject node = NODE.cluster().find(Resources.NODES, NodeBench.NODE).orElseThrow();
    assertThat(node.status().items("conditions").trees())
        .filteredOn(condition -> condition.text("type").equals("PIDPressure"))
        .extracting(condition -> condition.text("status"))
        .containsExactly("False");
  }
}

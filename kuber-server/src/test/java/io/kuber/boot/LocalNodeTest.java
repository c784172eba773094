package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A real node on this machine, from its start to its end. */
@Execution(ExecutionMode.CONCURRENT)
final class LocalNodeTest {
  @TempDir private Path directory;

  @Test
  void runsPodsAndLeavesNothingBehind() throws Exception {
    NodeBench bench = new NodeBench(() -> directory);
    try (bench) {
      bench.start();
      exercise(bench);
    }
    assertThat(bench.state()).doesNotExist();
    assertThat(bench.data().resolve("node/pods")).doesNotExist();
    assertThat(bench.controlGroups()).isEmpty();
  }

  private static void exercise(NodeBench bench) {
    bench.run(
        """
        metadata: {name: echo}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - name: main
            image: kuber.io/host
            command: [sh, -c, 'echo "hello from $POD_IP"; exec sleep 1000']
            env:
            - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
            readinessProbe: {exec: {command: ["true"]}, periodSeconds: 1}
        """);
    KubeObject pod = bench.awaitReady("echo");
    String ip = pod.status().text("podIP");
    assertThat(ip).startsWith("10.244.0.");
    NodeBench.until(() -> bench.logs("echo", "main").equals("hello from " + ip + "\n"));
    assertThat(bench.exec("echo", "main", "cat", "/etc/hostname")).isEqualTo("echo\n");
    assertThat(bench.exec("echo", "main", "getent", "hosts", "kube-dns.kube-system"))
        .startsWith("10.96.0.10 ");

    bench.delete("echo");
    NodeBench.until(
        () -> bench.cluster().list(Resources.EVENTS).stream().anyMatch(LocalNodeTest::isKilling));
  }

  private static boolean isKilling(KubeObject event) {
    return event.tree().text("reason").equals("Killing");
  }
}

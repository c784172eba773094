package io.kuber.node.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.TestCluster;
import io.kuber.object.KubeObject;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ports of their node pods have. */
final class HostPortBoardTest {
  private static KubeObject pod(String further, String ports, String status) {
    return KubeObject.of(
        TestCluster.parse(
            ("{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default}, spec: {nodeName: a, %s"
                    + " containers: [{name: main, ports: [%s]}]}, status: {%s}}")
                .formatted(further, ports, status)));
  }

  private static String served(KubeObject pod) {
    return HostPortBoard.of(pod).stream()
        .map(
            port ->
                port.port().key().protocol()
                    + " "
                    + port.port().outside().addresses()
                    + " "
                    + port.port().port()
                    + "/"
                    + port.port().nodePort()
                    + " "
                    + port.backends().get(0).ip()
                    + ":"
                    + port.backends().get(0).port())
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {containerPort: 80, hostPort: 8080}                      | TCP [] 8080/8080 10.244.0.2:80
          {containerPort: 80, hostPort: 80, hostIP: 0.0.0.0}       | TCP [] 80/80 10.244.0.2:80
          {containerPort: 53, hostPort: 53, protocol: UDP}         | UDP [] 53/53 10.244.0.2:53
          {containerPort: 9, hostPort: 9, protocol: SCTP}          | SCTP [] 9/9 10.244.0.2:9
          {containerPort: 80, hostPort: 80, hostIP: 192.0.2.1}     | TCP [192.0.2.1] 80/0 10.244.0.2:80
          {containerPort: 80, hostPort: 80, hostIP: fd00::1}       | ''
          {containerPort: 80}                                      | ''
          {hostPort: 1, containerPort: 2}, {hostPort: 3, containerPort: 4} | TCP [] 1/1 10.244.0.2:2, TCP [] 3/3 10.244.0.2:4
          """)
  void readsPortsOfContainers(String ports, String expected) {
    assertThat(served(pod("", ports, "phase: Running, podIP: 10.244.0.2"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                 | phase: Pending                            | false
          ''                 | 'phase: Pending, podIP: 10.244.0.2'       | true
          ''                 | 'phase: Running, podIP: 10.244.0.2'       | true
          ''                 | 'phase: Running, podIP: "fd00::2"'        | false
          ''                 | 'phase: Succeeded, podIP: 10.244.0.2'     | false
          ''                 | 'phase: Failed, podIP: 10.244.0.2'        | false
          hostNetwork: true, | 'phase: Running, podIP: 192.0.2.1'        | false
          """)
  void servesPodsWithAnAddressOfTheirOwn(String further, String status, boolean isServed) {
    KubeObject pod = pod(further, "{containerPort: 80, hostPort: 8080}", status);
    assertThat(HostPortBoard.of(pod)).hasSize(isServed ? 1 : 0);
  }

  @Test
  void servesContainersThatRunBesideTheOthersAndNoneThatRunBefore() {
    String before =
        "initContainers: [{name: a, restartPolicy: Always, ports: [{containerPort: 1, hostPort: 1}]},"
            + " {name: b, ports: [{containerPort: 2, hostPort: 2}]}],";
    assertThat(served(pod(before, "", "podIP: 10.244.0.2"))).isEqualTo("TCP [] 1/1 10.244.0.2:1");
  }

  @Test
  void tellsOnlyWhatIsNew() {
    HostPortBoard board = new HostPortBoard();
    assertThat(board.isStale()).isTrue();
    KubeObject pod = pod("", "{containerPort: 80, hostPort: 8080}", "podIP: 10.244.0.2");
    board.pod("default/p", pod);
    var first = board.served();
    board.pod("default/p", pod.with("some", "metadata", "labels", "other"));
    assertThat(board.isStale()).isFalse();
    assertThat(board.served().get(0)).isSameAs(first.get(0));
    board.pod("default/p", null);
    assertThat(board.isStale()).isTrue();
    assertThat(board.served()).isEmpty();
  }
}

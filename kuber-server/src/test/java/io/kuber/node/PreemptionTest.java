package io.kuber.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a node of 4 processors, 8 Gi and 6 pods; a pod is {@code name:cpu:memory[:priority]}. */
final class PreemptionTest {
  private static final PodAdmission ADMISSION =
      new PodAdmission(Map.of("cpu", "4", "memory", "8Gi", "pods", "6"));

  /** A name that begins with a capital G has limits like its requests, one with b asks nothing. */
  private static KubeObject pod(String text) {
    String[] parts = text.split(":", 4);
    String amounts =
        parts[0].startsWith("b") ? "{}" : "{cpu: %s, memory: %s}".formatted(parts[1], parts[2]);
    String yaml =
        """
        metadata: {name: %s, uid: %s, namespace: default}
        spec:
          priority: %s
          containers: [{name: c, image: i, resources: {requests: %s%s}}]
        """
            .formatted(
                parts[0],
                parts[0],
                parts.length > 3 ? parts[3] : "0",
                amounts,
                parts[0].startsWith("G") ? ", limits: " + amounts : "");
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }

  private static List<KubeObject> pods(String text) {
    List<KubeObject> pods = new ArrayList<>();
    for (String each : text.split(" ")) {
      pods.add(pod(each));
    }
    return pods;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // There is room without anybody's leaving.
        "x:1:1Gi:2000000000 | u1:1:1Gi u2:1:1Gi | ''",
        // The one that comes nearest, of those that would do the smallest.
        "x:2:1Gi:2000000000 | u1:1:1Gi u2:2:2Gi u3:1:2Gi | u2",
        "x:1:1Gi:2000000000 | u1:1:1Gi u2:2:2Gi u3:1:2Gi | u1",
        "x:2:1Gi:2000000000 | u1:3500m:1Gi u2:250m:2Gi | u1",
        // Whoever asked for everything goes last.
        "x:2:1Gi:2000000000 | G1:2:1Gi u1:2:1Gi | u1",
        "x:4:1Gi:2000000000 | G1:2:1Gi u1:2:1Gi | G1 u1",
        // Places are counted too, and then those go who asked for nothing.
        "x:0:0:2000000000   | u1:1:1Gi u2:1:1Gi b1 b2 b3 b4 | b1",
        // Two things are short at once.
        "x:2:4Gi:2000000000 | u1:3:1Gi u2:500m:6Gi | u1 u2",
        // Nobody goes for nothing, and nobody of the same rank.
        "x:5:1Gi:2000000000 | u1:2:1Gi | ''",
        "x:2:1Gi:2000000000 | s1:3:1Gi:2000000000 u1:1:1Gi | ''",
        "x:2:1Gi:2000001000 | s1:3:1Gi:2000000000 u1:1:1Gi | s1",
      })
  void letsAsFewGoAsCanBe(String critical, String others, String expected) {
    List<KubeObject> here = pods(others);
    Map<String, Long> missing = ADMISSION.missing(pod(critical), here);
    assertThat(
            Preemption.victims(pod(critical), here, missing).stream()
                .map(KubeObject::name)
                .sorted()
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  @Test
  void knowsWhomANodeCannotDoWithout() {
    assertThat(Preemption.isCritical(pod("u:1:1Gi:1999999999"))).isFalse();
    assertThat(Preemption.isCritical(pod("u:1:1Gi:2000000000"))).isTrue();
    KubeObject declared =
        pod("u:1:1Gi").with("file", "metadata", "annotations", "kubernetes.io/config.source");
    assertThat(Preemption.isCritical(declared)).isTrue();
    assertThat(Preemption.isCritical(StaticPod.fromApi(declared))).isFalse();
  }
}

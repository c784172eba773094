package io.kuber.server.reach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.NodeReading;
import io.kuber.api.NodeReading.Amounts;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a node tells at {@code /stats/summary}, as metrics. */
final class SummaryReadingTest {
  private static final String SUMMARY =
      """
      {"node": {"cpu": {"time": "2026-01-01T00:00:10Z", "usageNanoCores": 5000000},
                "memory": {"workingSetBytes": 1048576}},
       "pods": [
         {"podRef": {"name": "a", "namespace": "n", "uid": "u"},
          "containers": [{"name": "main",
            "cpu": {"time": "2026-01-01T00:00:09Z", "usageNanoCores": 7},
            "memory": {"workingSetBytes": 8}}]},
         {"podRef": {"name": "b", "namespace": "n", "uid": "v"}, "containers": []}]}
      """;

  @Test
  void readsTheNodeAndThosePodsThatWereMeasured() {
    NodeReading reading = SummaryReading.of("x", Json.parse(SUMMARY.getBytes(UTF_8)));
    assertThat(reading.node()).isEqualTo("x");
    assertThat(reading.at()).isEqualTo(Instant.parse("2026-01-01T00:00:10Z"));
    assertThat(reading.used()).isEqualTo(new Amounts(5_000_000, 1 << 20));
    assertThat(reading.pods()).hasSize(1);
    assertThat(reading.pods().get(0).uid()).isEqualTo("u");
    assertThat(reading.pods().get(0).at()).isEqualTo(Instant.parse("2026-01-01T00:00:09Z"));
    assertThat(reading.pods().get(0).containers()).containsEntry("main", new Amounts(7, 8));
  }

  @Test
  void takesNothingThatWasMeasuredAtNoTime() {
    assertThatThrownBy(() -> SummaryReading.of("x", Tree.of("node", Tree.EMPTY)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

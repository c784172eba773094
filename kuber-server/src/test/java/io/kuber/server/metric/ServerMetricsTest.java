package io.kuber.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.server.metric.ServerMetrics.Labels;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** WIRE 1.2: {@code /metrics} in the text of Prometheus. */
final class ServerMetricsTest {
  private static final Labels LIST = new Labels("LIST", "apps", "v1", "deployments", "", "cluster");
  private static final Labels WATCH =
      new Labels("WATCH", "apps", "v1", "deployments", "", "cluster");

  private final ServerMetrics metrics = new ServerMetrics("v1.36.0+kuber");

  @Test
  void tellsHowLongRequestsTook() {
    metrics.begin(LIST, false);
    metrics.end(LIST, false, 200, Duration.ofMillis(30));
    String labels =
        "verb=\"LIST\",group=\"apps\",version=\"v1\",resource=\"deployments\",subresource=\"\","
            + "scope=\"cluster\",component=\"apiserver\"";
    assertThat(metrics.text())
        .contains(
            "apiserver_request_duration_seconds_bucket{" + labels + ",le=\"0.025\"} 0\n",
            "apiserver_request_duration_seconds_bucket{" + labels + ",le=\"0.05\"} 1\n",
            "apiserver_request_duration_seconds_bucket{" + labels + ",le=\"+Inf\"} 1\n",
            "apiserver_request_duration_seconds_sum{" + labels + "} 0.03\n",
            "apiserver_request_duration_seconds_count{" + labels + "} 1\n");
  }

  @Test
  void showsWatchesAsLongAsTheyAreOpen() {
    metrics.begin(WATCH, true);
    assertThat(metrics.text()).containsPattern("apiserver_longrunning_requests\\{.*} 1\n");
    metrics.end(WATCH, true, 200, Duration.ofHours(1));
    assertThat(metrics.text())
        .containsPattern("apiserver_longrunning_requests\\{.*} 0\n")
        .doesNotContain("apiserver_request_duration_seconds_bucket{verb=\"WATCH\"");
  }

  @Test
  void tellsAboutTheProcessAndTheBuild() {
    assertThat(metrics.text())
        .containsPattern("process_cpu_seconds_total [0-9.]+\n")
        .containsPattern("process_open_fds [0-9]+\n")
        .contains("kubernetes_build_info{git_version=\"v1.36.0+kuber\"} 1\n");
  }

  @Test
  void escapesWhatWouldEndALabel() {
    Exposition text = new Exposition();
    text.sample("name", List.of("a"), List.of("b\"\\\n"), 1.5);
    assertThat(text).hasToString("name{a=\"b\\\"\\\\\\n\"} 1.5\n");
  }

  @Test
  void boundsTheNumberOfSeries() {
    Series<Object> series = new Series<>(1, Object::new);
    for (int i = 0; i < 20_000; i++) {
      series.at(List.of("made-up-" + i));
    }
    int[] count = {0};
    series.forEach((labels, value) -> count[0]++);
    assertThat(count[0]).isEqualTo(10_001);
  }
}

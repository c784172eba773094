package io.kuber.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.PodRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a simulated pod answers. */
final class SimulatedGatewayTest {
  private static final PodRef POD = new PodRef("default", "web", "1", "node-0");

  private final SimulatedGateway gateway =
      new SimulatedGateway(
          () -> Instant.parse("2026-01-01T00:00:00Z"), new ScriptedPods(), Runnable::run);

  private String log(LogOptions options) throws IOException {
    return new String(gateway.logs(POD, "main", options).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void saysInTheLogThatNothingRuns() throws IOException {
    assertThat(log(LogOptions.ALL))
        .contains("this container is simulated")
        .endsWith("container main of pod default/web pretends to run on node node-0\n");
  }

  @Test
  void keepsToTheOptionsOfTheLog() throws IOException {
    LogOptions lastLine =
        new LogOptions(
            false, false, true, Optional.empty(), OptionalLong.of(1), OptionalLong.of(40));
    assertThat(log(lastLine)).isEqualTo("2026-01-01T00:00:00.000000Z container ma");
  }

  @Test
  void refusesCommandsAndConnectionsInWords() {
    ExecOptions ls = new ExecOptions(List.of("ls", "-l"), false, true, true, false);
    assertThatThrownBy(() -> gateway.exec(POD, "main", ls))
        .isInstanceOf(ApiException.class)
        .hasMessage("pod web is on a simulated node: it has no process to run ls -l in");
    assertThatThrownBy(() -> gateway.attach(POD, "main", ls))
        .hasMessage("pod web is on a simulated node: container main has no process to attach to");
    assertThatThrownBy(() -> gateway.portForward(POD, 80))
        .hasMessage("pod web is on a simulated node: nothing listens on its port 80");
  }
}

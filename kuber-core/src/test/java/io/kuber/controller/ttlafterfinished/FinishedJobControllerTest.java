package io.kuber.controller.ttlafterfinished;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.resource.Resources;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FinishedJobControllerTest {
  private static final String JOB =
      """
      metadata: {name: j}
      spec:
        %s
        template:
          spec: {restartPolicy: Never, containers: [{name: c, image: i}]}
      """;

  private static final String ENDED =
      """
      startTime: '2026-01-01T00:00:00Z'
      %s
      conditions: [{type: %s, status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z'}]
      """;

  private final ControlPlane plane = new ControlPlane(new FinishedJobController());

  @ParameterizedTest(name = "{0} {1} after {2} s: gone {3}")
  @CsvSource({
    "'',Complete,100000,false",
    "ttlSecondsAfterFinished: 10,Complete,9,false",
    "ttlSecondsAfterFinished: 10,Complete,11,true",
    "ttlSecondsAfterFinished: 10,Failed,11,true",
    "ttlSecondsAfterFinished: 0,Failed,0,true",
    "ttlSecondsAfterFinished: 10,Suspended,100,false"
  })
  void deletesJobAWhileAfterItsEnd(String ttl, String end, int seconds, boolean gone) {
    plane.create(Resources.JOBS, JOB.formatted(ttl));
    String time = end.equals("Complete") ? "completionTime: '2026-01-01T00:00:00Z'" : "";
    plane.status(Resources.JOBS, "j", ENDED.formatted(time, end));
    plane.advance(Duration.ofSeconds(seconds));
    boolean goes = plane.get(Resources.JOBS, "j").filter(job -> !job.isBeingDeleted()).isEmpty();
    assertThat(goes).isEqualTo(gone);
  }
}

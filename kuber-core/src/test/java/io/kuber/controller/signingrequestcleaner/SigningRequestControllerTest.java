package io.kuber.controller.signingrequestcleaner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SigningRequestControllerTest {
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  /** Ends half an hour after the requests were made. */
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBNTCB3aADAgECAggNkcGAcdVfLTAKBggqhkjOPQQDAjAQMQ4wDAYDVQQDEwVh
      bGljZTAeFw0yNTEyMzEwMDMwMDBaFw0yNjAxMDEwMDMwMDBaMBAxDjAMBgNVBAMT
      BWFsaWNlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEUcxl2DNLM0GaK0rYcxmv
      VpIisWf28/cANjDI3abIw47J0XfXbqHoileXOUjHh6+2tm8VcgRzQnERB6ksAImB
      P6MhMB8wHQYDVR0OBBYEFESXah4a2yOWVWDYJBX8knOdQTWZMAoGCCqGSM49BAMC
      A0cAMEQCIFY5r+aBpELo4okI3Bs/5GgfB7UKUWwcijb60QL6fMRdAiAc6vs2rJtp
      Gz3sLHM53VA/eEw3/IHwN93UB6/07aLEKQ==
      -----END CERTIFICATE-----
      """;

  private static KubeObject request(String conditions, String certificate) {
    KubeObject request =
        ControlPlane.yaml(
            """
            metadata: {name: alice, uid: u, resourceVersion: "7", creationTimestamp: %s}
            status: {conditions: [%s]}
            """
                .formatted(MADE, conditions));
    return certificate.isEmpty()
        ? request
        : request.with(
            Base64.getEncoder()
                .encodeToString(certificate.replace("PEM", CERTIFICATE).getBytes(UTF_8)),
            "status",
            "certificate");
  }

  private static String condition(String type) {
    return type.isEmpty()
        ? ""
        : "{type: %s, status: 'True', lastUpdateTime: %s}"
            .formatted(type, MADE.plus(Duration.ofMinutes(10)));
  }

  /** Conditions are of ten minutes after the request. */
  @ParameterizedTest(name = "{0} with certificate {1} goes after {2} minutes")
  @CsvSource({
    "'','',1440",
    "Denied,'',70",
    "Failed,'',70",
    "Approved,'',-1",
    "Approved,unreadable,70",
    "Approved,PEM,30",
    "Denied,PEM,70",
    "Other,'',-1"
  })
  void knowsWhenEachIsToGo(String type, String certificate, int minutes) {
    KubeObject request = request(condition(type), certificate);
    if (minutes < 0) {
      assertThat(SigningRequestController.plan(request, MADE.plus(Duration.ofDays(9))))
          .isEqualTo(Plan.NOTHING);
      return;
    }
    Instant end = MADE.plus(Duration.ofMinutes(minutes));
    Plan before = SigningRequestController.plan(request, end.minusSeconds(1));
    assertThat(before.actions()).isEmpty();
    assertThat(before.again()).contains(Duration.ofSeconds(1));
    Action.Delete deletion =
        (Action.Delete) SigningRequestController.plan(request, end).actions().get(0);
    assertThat(deletion.name()).isEqualTo("alice");
    assertThat(deletion.options().uid()).isEqualTo("u");
    assertThat(deletion.options().resourceVersion()).isEqualTo("7");
  }
}

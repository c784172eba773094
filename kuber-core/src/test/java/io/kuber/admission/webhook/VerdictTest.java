package io.kuber.admission.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken for an answer, and what clients read of a refusal. */
final class VerdictTest {
  private static Tree answer(String response) {
    String yaml =
        "{apiVersion: admission.k8s.io/v1, kind: AdmissionReview, response: " + response + "}";
    return Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Verdict read(String response, boolean mayPatch) {
    return Verdict.of(answer(response), "1", "v1", mayPatch);
  }

  @Test
  void readsPatchesAndWarnings() {
    String patch =
        Base64.getEncoder()
            .encodeToString(
                "[{\"op\":\"remove\",\"path\":\"/data\"}]".getBytes(StandardCharsets.UTF_8));
    Verdict verdict =
        read(
            "{uid: '1', allowed: true, warnings: [a, b], patchType: JSONPatch, patch: "
                + patch
                + "}",
            true);
    assertThat(verdict.isAllowed()).isTrue();
    assertThat(verdict.warnings()).containsExactly("a", "b");
    assertThat(verdict.patch().tree(0).text("path")).isEqualTo("/data");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{uid: '2', allowed: true}                                  | true  | expected response.uid=\"1\", got \"2\"",
        "{uid: '1', allowed: true, patch: W10=}                     | true  | webhook returned response.patch but not response.patchType",
        "{uid: '1', allowed: true, patchType: JSONPatch}            | true  | webhook returned response.patchType but not response.patch",
        "{uid: '1', allowed: true, patchType: Merge, patch: W10=}   | true  | webhook returned invalid response.patchType of \"Merge\"",
        "{uid: '1', allowed: true, patchType: JSONPatch, patch: W10=} | false | validating webhook may not return response.patch",
      })
  void refusesWhatIsNoAnswer(String response, boolean mayPatch, String why) {
    assertThatThrownBy(() -> read(response, mayPatch))
        .hasMessage("received invalid webhook response: " + why);
  }

  @Test
  void refusesOtherObjects() {
    assertThatThrownBy(() -> Verdict.of(Tree.EMPTY, "1", "v1", true))
        .hasMessage("received invalid webhook response: webhook response was absent");
    assertThatThrownBy(() -> Verdict.of(Tree.of("response", Tree.of("uid", "1")), "1", "v1", true))
        .hasMessage(
            "received invalid webhook response: expected webhook response of admission.k8s.io/v1,"
                + " Kind=AdmissionReview, got , Kind=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                | UNKNOWN   | admission webhook \"w\" denied the request without explanation",
        "{message: nope}                   | UNKNOWN   | admission webhook \"w\" denied the request: nope",
        "{reason: Forbidden}               | FORBIDDEN | admission webhook \"w\" denied the request: Forbidden",
        "{message: nope, code: 403}          | FORBIDDEN | admission webhook \"w\" denied the request: nope",
        "{message: nope, code: 422}          | INVALID   | admission webhook \"w\" denied the request: nope",
        "{message: nope, code: 200}          | UNKNOWN   | admission webhook \"w\" denied the request: nope",
        "{message: nope, reason: Made up}    | UNKNOWN   | admission webhook \"w\" denied the request: nope",
      })
  void deniesInTheWordsOfTheWebhook(String result, StatusReason reason, String message) {
    ApiException denied = Denial.of("w", Yaml.parse(result.getBytes(StandardCharsets.UTF_8)));
    assertThat(denied).hasMessage(message);
    assertThat(denied.reason()).isEqualTo(reason);
  }
}

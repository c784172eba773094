package io.kuber.controller.signingrequest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.CertificateIssuer;
import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Action.UpdateSubresource;
import io.kuber.reconcile.Plan;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SigningPlannerTest {
  private static final SigningPlanner PLANNER = new SigningPlanner(new PlainIssuer());

  private static KubeObject request(
      String signer, String said, String usages, String conditions, String more) {
    return ControlPlane.yaml(
        """
        metadata: {name: alice, uid: u, resourceVersion: "7"}
        spec: {signerName: kubernetes.io/%s, request: %s, usages: [%s], username: bob, %s}
        status: {conditions: [%s]}
        """
            .formatted(
                signer,
                Base64.getEncoder().encodeToString(said.getBytes(US_ASCII)),
                usages,
                more,
                conditions));
  }

  private static final String APPROVED = "{type: Approved, status: 'True'}";

  private static String outcome(Plan plan) {
    if (plan.actions().isEmpty()) {
      return "";
    }
    Action only = plan.actions().get(0);
    assertThat(plan.actions()).hasSize(1);
    Tree status = ((UpdateSubresource) only).object().status();
    String certificate =
        new String(Base64.getDecoder().decode(status.text("certificate")), US_ASCII);
    return certificate
        + status.items("conditions").trees().stream()
            .filter(condition -> condition.text("type").equals("Failed"))
            .map(condition -> condition.text("reason") + ": " + condition.text("message"))
            .collect(Collectors.joining());
  }

  @ParameterizedTest(name = "{0} of {1} for {2}: {3}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "kube-apiserver-client,alice|dev||,\"client auth\",\"\"",
        "kube-apiserver-client,alice|dev||,\"client auth,digital signature\",\"\"",
        "kube-apiserver-client,alice|dev||,\"client auth,server auth\","
            + "\"invalid usage for client certificate: server auth\"",
        "kube-apiserver-client,alice|dev||,\"digital signature\","
            + "\"missing required usage for client certificate: client auth\"",
        "kube-apiserver-client,\"alice|dev,system:masters||\",\"client auth\","
            + "\"group system:masters is not allowed\"",
        "kube-apiserver-client-kubelet,system:node:a|system:nodes||,"
            + "\"digital signature,client auth\",\"\"",
        "kube-apiserver-client-kubelet,system:node:a|system:masters||,"
            + "\"digital signature,client auth\",\"subject organization is not system:nodes\"",
        "kube-apiserver-client-kubelet,\"system:node:a|system:nodes,system:masters||\","
            + "\"digital signature,client auth\",\"subject organization is not system:nodes\"",
        "kube-apiserver-client-kubelet,system:node:a|system:nodes|a|,"
            + "\"digital signature,client auth\",\"DNS subjectAltNames are not allowed\"",
        "kube-apiserver-client-kubelet,alice|system:nodes||,\"digital signature,client auth\","
            + "\"subject common name does not begin with system:node:\"",
        "kubelet-serving,system:node:a|system:nodes|a|10.0.0.1,"
            + "\"digital signature,key encipherment,server auth\",\"\"",
        "kubelet-serving,system:node:a|system:nodes||,\"digital signature,server auth\","
            + "\"DNS or IP subjectAltName is required\"",
        "kubelet-serving,system:node:a|system:nodes|a|,"
            + "\"digital signature,server auth,client auth\","
            + "\"usages did not match [digital signature key encipherment server auth]\"",
        "legacy-unknown,anything||hook.default.svc|,\"server auth\",\"\"",
        "legacy-unknown,garbage,\"server auth\","
            + "\"unable to read the certificate request, or it is not signed by its own key\"",
      })
  void signsWhatTheSignerStandsFor(String signer, String said, String usages, String refusal) {
    Plan plan = PLANNER.plan(request(signer, said, usages, APPROVED, ""));
    assertThat(outcome(plan))
        .isEqualTo(
            refusal.isEmpty() ? "signed for 31536000" : "SignerValidationFailure: " + refusal);
  }

  @ParameterizedTest(name = "for {0}: {1}")
  @CsvSource({"1,600", "600,600", "7200,7200", "2000000000,31536000"})
  void givesTheLifetimeThatIsAskedForWithinBounds(long asked, long given) {
    KubeObject request =
        request(
            "kube-apiserver-client",
            "a|||",
            "client auth",
            APPROVED,
            "expirationSeconds: " + asked);
    assertThat(outcome(PLANNER.plan(request))).isEqualTo("signed for " + given);
  }

  @Test
  void leavesAloneWhatIsNotItsToSign() {
    String denied = "{type: Denied, status: 'True'}";
    String failed = APPROVED + ", {type: Failed, status: 'True'}";
    for (String conditions : List.of("", denied, failed)) {
      assertThat(
              PLANNER.plan(request("kube-apiserver-client", "a|||", "client auth", conditions, "")))
          .isEqualTo(Plan.NOTHING);
    }
    KubeObject mine = request("kube-apiserver-client", "a|||", "client auth", APPROVED, "");
    assertThat(PLANNER.plan(mine.with("example.com/mine", "spec", "signerName")))
        .isEqualTo(Plan.NOTHING);
    assertThat(PLANNER.plan(mine.with("c2lnbmVk", "status", "certificate")))
        .isEqualTo(Plan.NOTHING);
    assertThat(new SigningPlanner(CertificateIssuer.NONE).plan(mine)).isEqualTo(Plan.NOTHING);
  }
}

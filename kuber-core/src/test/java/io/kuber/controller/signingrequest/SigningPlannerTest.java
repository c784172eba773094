package io.kuber.controller.signingrequest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Authorizer;
import io.kuber.access.CertificateIssuer;
import io.kuber.access.CertificateWish;
import io.kuber.access.Deed;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.User;
import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Action.UpdateSubresource;
import io.kuber.reconcile.Plan;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SigningPlannerTest {
  /**
   * Reads requests that are written as {@code CN|O,O|DNS,DNS|IP}, and signs with their lifetime.
   */
  private static final class PlainIssuer implements CertificateIssuer {
    @Override
    public Optional<CertificateWish> read(String request) {
      if (request.equals("garbage")) {
        return Optional.empty();
      }
      List<String> parts = List.of(request.split("\\|", -1));
      return Optional.of(
          new CertificateWish(
              parts.get(0),
              list(parts.get(1)),
              list(parts.get(2)),
              list(parts.get(3)),
              List.of(),
              List.of()));
    }

    private static List<String> list(String text) {
      return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    @Override
    public Optional<String> issue(String request, List<String> usages, Duration lifetime) {
      return Optional.of("signed for " + lifetime.toSeconds());
    }
  }

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

  /** Allows one subresource of requests to one user. */
  private record Allowing(String user, String subresource) implements Authorizer {
    @Override
    public Ruling rule(User asking, Deed deed) {
      return asking.name().equals(user)
              && deed instanceof OnResource asked
              && asked.verb().equals("create")
              && asked.resource().equals("certificatesigningrequests")
              && asked.subresource().equals(subresource)
          ? Ruling.ALLOWED
          : Ruling.REFUSED;
    }

    @Override
    public Rights rights(User user, String namespace) {
      return Rights.NONE;
    }
  }

  @ParameterizedTest(name = "{1} of {0} who may {2}: {3}")
  @CsvSource({
    "system:node:a,kube-apiserver-client-kubelet,nodeclient,true",
    "system:node:a,kube-apiserver-client-kubelet,selfnodeclient,false",
    "system:node:a,kube-apiserver-client-kubelet,none,false",
    "alice,kube-apiserver-client-kubelet,nodeclient,false",
    "system:node:a,kube-apiserver-client,nodeclient,false",
    "system:node:a,kubelet-serving,nodeclient,false",
  })
  void approvesOnlyClientCertificatesOfNodes(
      String name, String signer, String right, boolean approved) {
    Plan plan =
        new ApprovalPlanner(new PlainIssuer(), new Allowing("bob", right))
            .plan(
                request(signer, name + "|system:nodes||", "digital signature,client auth", "", ""));
    assertThat(plan.actions()).hasSize(approved ? 1 : 0);
    if (approved) {
      assertThat(plan.actions().get(0))
          .isInstanceOfSatisfying(
              UpdateSubresource.class,
              update -> assertThat(update.subresource()).isEqualTo("approval"));
    }
  }

  @Test
  void approvesWhatANodeAsksForItself() {
    String node = "system:node:a";
    KubeObject request =
        request(
                "kube-apiserver-client-kubelet",
                node + "|system:nodes||",
                "digital signature,client auth",
                "",
                "")
            .with(node, "spec", "username");
    Plan plan =
        new ApprovalPlanner(new PlainIssuer(), new Allowing(node, "selfnodeclient")).plan(request);
    assertThat(((UpdateSubresource) plan.actions().get(0)).object().status().toString())
        .contains("Auto approving self kubelet client certificate");
  }
}

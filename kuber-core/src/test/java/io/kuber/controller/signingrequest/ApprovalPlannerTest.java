package io.kuber.controller.signingrequest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.User;
import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action.UpdateSubresource;
import io.kuber.reconcile.Plan;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is approved without a person, and what is refused. */
final class ApprovalPlannerTest {
  private static final String CLIENT = "digital signature,client auth";
  private static final String SERVER = "digital signature,server auth";

  private static KubeObject request(String user, String signer, String said, String usages) {
    return ControlPlane.yaml(
        """
        metadata: {name: alice, uid: u, resourceVersion: "7"}
        spec: {signerName: kubernetes.io/%s, request: %s, usages: [%s], username: '%s', groups: [%s]}
        """
            .formatted(
                signer,
                Base64.getEncoder().encodeToString(said.getBytes(US_ASCII)),
                usages,
                user,
                user.startsWith("system:bootstrap:") ? "system:bootstrappers" : "system:nodes"));
  }

  private static Optional<KubeObject> nobody(String name) {
    return Optional.empty();
  }

  private static KubeObject node(String name, String address, boolean ready) {
    return ControlPlane.yaml(
        """
        metadata: {name: %s}
        status:
          addresses: [{type: InternalIP, address: %s}, {type: Hostname, address: %s}]
          conditions: [{type: Ready, status: '%s'}]
        """
            .formatted(name, address, name, ready ? "True" : "Unknown"));
  }

  /** The decision and why, as the condition says it. */
  private static String decision(Plan plan) {
    return plan.actions().stream()
        .flatMap(
            action ->
                ((UpdateSubresource) action).object().status().items("conditions").trees().stream())
        .map(condition -> condition.text("type") + ": " + condition.text("message"))
        .collect(Collectors.joining());
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
                request("bob", signer, name + "|system:nodes||", "digital signature,client auth"),
                ApprovalPlannerTest::nobody,
                Set.of());
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
    Plan plan =
        new ApprovalPlanner(new PlainIssuer(), new Allowing(node, "selfnodeclient"))
            .plan(
                request(node, "kube-apiserver-client-kubelet", node + "|system:nodes||", CLIENT),
                ApprovalPlannerTest::nobody,
                Set.of());
    assertThat(decision(plan)).contains("Auto approving self kubelet client certificate");
  }

  @ParameterizedTest(name = "{1} for {0}: {2}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "system:node:a,system:node:a|system:nodes|a|10.0.0.2,true",
        "system:node:a,system:node:a|system:nodes|a|,true",
        "system:node:a,system:node:b|system:nodes|b|10.0.0.2,false",
        "system:node:a,system:node:a|system:nodes|b|10.0.0.2,false",
        "system:node:a,\"system:node:a|system:nodes|a,kubernetes.default.svc|\",false",
        "system:node:a,system:node:a|system:nodes|a|10.0.0.3,false",
        "system:node:a,system:node:a|system:nodes|a|10.0.0.1,false",
        "system:node:a,system:node:a|system:nodes|a|127.0.0.1,false",
        "system:node:hook.site.svc,system:node:hook.site.svc|system:nodes|hook.site.svc|,false",
        "system:node:kubernetes,system:node:kubernetes|system:nodes|kubernetes|,false",
        "alice,system:node:a|system:nodes|a|10.0.0.2,false",
      })
  void approvesServersUnderTheirOwnNamesAlone(String user, String said, boolean approved) {
    KubeObject there = node("a", "10.0.0.2", true);
    Plan plan =
        new ApprovalPlanner(new PlainIssuer(), new Allowing(user, "none"))
            .plan(
                request(user, "kubelet-serving", said, SERVER),
                name -> Optional.of(there),
                Set.of("10.0.0.1"));
    assertThat(plan.actions()).hasSize(approved ? 1 : 0);
  }

  @Test
  void approvesNoAddressOfAServerOfTheApiThoughANodeTellsIt() {
    KubeObject liar = node("a", "10.0.0.1", true);
    Plan plan =
        new ApprovalPlanner(new PlainIssuer(), new Allowing("system:node:a", "none"))
            .plan(
                request(
                    "system:node:a",
                    "kubelet-serving",
                    "system:node:a|system:nodes|a|10.0.0.1",
                    SERVER),
                name -> Optional.of(liar),
                Set.of("10.0.0.1"));
    assertThat(plan).isEqualTo(Plan.NOTHING);
  }

  @ParameterizedTest(name = "{1} for {0}: {2}")
  @CsvSource({
    "system:node:a,system:kube-proxy|||,true",
    "system:node:a,system:kube-proxy|system:masters||,false",
    "system:node:a,alice|||,false",
    "alice,system:kube-proxy|||,false",
  })
  void approvesTheProxyOfANode(String user, String said, boolean approved) {
    Plan plan =
        new ApprovalPlanner(new PlainIssuer(), new Allowing(user, "proxyclient"))
            .plan(
                request(user, "kube-apiserver-client", said, CLIENT),
                ApprovalPlannerTest::nobody,
                Set.of());
    assertThat(plan.actions()).hasSize(approved ? 1 : 0);
  }

  @ParameterizedTest(name = "a node that is ready={0}: {1}")
  @CsvSource({
    "true,Denied: there is a node a",
    "false,Approved: Auto approving kubelet client certificate",
  })
  void deniesTheNameOfANodeAtWorkToATokenAlone(boolean ready, String decision) {
    String user = "system:bootstrap:abcdef";
    Plan plan =
        new ApprovalPlanner(new PlainIssuer(), new Allowing(user, "nodeclient"))
            .plan(
                request(
                    user, "kube-apiserver-client-kubelet", "system:node:a|system:nodes||", CLIENT),
                name -> Optional.of(node("a", "10.0.0.2", ready)),
                Set.of());
    assertThat(decision(plan)).startsWith(decision);
  }
}

package io.kuber.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.User;
import io.kuber.http.RecordedExchange;
import io.kuber.http.Response;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who waits for whom at the gate. */
final class FairnessTest {
  private static final User TENANT = User.known("tenant");
  private static final User ADMIN = User.system("admin");
  private static final String PODS = "/api/v1/namespaces/shop/pods";

  private static long answered(List<RecordedExchange> sent, int status) {
    return sent.stream().filter(each -> each.status() == status).count();
  }

  /** A gate with one seat for each level. */
  private static FairGate narrow() {
    FairGate gate = new FairGate(8);
    for (String name : List.of("global-default", "node-high")) {
      gate.put(
          Resources.PRIORITY_LEVEL_CONFIGURATIONS,
          Resources.PRIORITY_LEVEL_CONFIGURATIONS
              .object("", name)
              .with(
                  Tree.of(
                      "type",
                      "Limited",
                      "limited",
                      Tree.of(
                          "nominalConcurrencyShares",
                          1L,
                          "borrowingLimitPercent",
                          0L,
                          "limitResponse",
                          Tree.of(
                              "type",
                              "Queue",
                              "queuing",
                              Tree.of("queues", 1L, "handSize", 1L, "queueLengthLimit", 2L)))),
                  "spec"));
    }
    return gate;
  }

  @Test
  void waitsForASeatWithoutAnAnswerAndThenGoesOn() {
    FairGate gate = narrow();
    gate.send(TENANT, "GET", PODS);
    RecordedExchange second = gate.send(TENANT, "GET", PODS);
    gate.loops.settle();
    assertThat(gate.inside).hasSize(1);
    assertThat(second.isAnswered()).isFalse();
    gate.answerOne();
    assertThat(gate.inside).hasSize(1);
    gate.answerOne();
    assertThat(second.status()).isEqualTo(204);
  }

  @Test
  void namesSchemaAndLevelInEveryAnswer() throws Exception {
    FairGate gate = narrow();
    List<RecordedExchange> sent = gate.send(4, TENANT, "GET", PODS);
    gate.answerOne();
    for (RecordedExchange each : List.of(sent.get(0), sent.get(3))) {
      Response answer = each.await();
      assertThat(answer.headers().all("X-Kubernetes-PF-FlowSchema-UID"))
          .containsExactly("global-default");
      assertThat(answer.headers().all("X-Kubernetes-PF-PriorityLevel-UID"))
          .containsExactly("global-default");
      assertThat(answer.headers().all("Audit-Id")).hasSize(1);
    }
  }

  @Test
  void refusesWhatFindsAFullQueueAndSaysWhenToTryAgain() throws Exception {
    FairGate gate = narrow();
    List<RecordedExchange> sent = gate.send(5, TENANT, "GET", PODS);
    assertThat(answered(sent, 429)).isEqualTo(2);
    Response refused = sent.get(4).await();
    assertThat(refused.headers().all("Retry-After")).containsExactly("1");
    assertThat(gate.metrics.text())
        .contains(
            "apiserver_flowcontrol_rejected_requests_total{priority_level=\"global-default\","
                + "flow_schema=\"global-default\",reason=\"queue-full\"} 2\n",
            "apiserver_flowcontrol_current_inqueue_requests{priority_level=\"global-default\","
                + "flow_schema=\"global-default\"} 2\n",
            "apiserver_flowcontrol_current_executing_requests{priority_level=\"global-default\","
                + "flow_schema=\"global-default\"} 1\n");
  }

  @ParameterizedTest(name = "{0}: {1} s")
  @CsvSource({"'', 15", "?timeout=8s, 2", "?watch=true, 15"})
  void waitsNoLongerThanAQuarterOfTheTimeOfARequest(String query, int seconds) {
    FairGate gate = narrow();
    gate.send(TENANT, "GET", PODS);
    RecordedExchange second = gate.send(TENANT, "GET", PODS + query);
    gate.pass(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(second.isAnswered()).isFalse();
    gate.pass(Duration.ofMillis(1));
    assertThat(second.status()).isEqualTo(429);
    assertThat(gate.metrics.text()).contains("reason=\"time-out\"} 1\n");
  }

  @Test
  void givesThePlaceOfAClientThatWentAwayToAnother() {
    FairGate gate = narrow();
    List<RecordedExchange> sent = gate.send(3, TENANT, "GET", PODS);
    sent.get(1).drop();
    RecordedExchange next = gate.send(TENANT, "GET", PODS);
    gate.answerOne();
    assertThat(gate.inside).hasSize(1);
    gate.answerOne();
    gate.answerOne();
    assertThat(answered(List.of(sent.get(0), sent.get(2), next), 204)).isEqualTo(3);
    assertThat(gate.metrics.text()).contains("reason=\"cancelled\"} 1\n");
  }

  @Test
  void leavesNoSeatTakenWhenTheHandlerFails() {
    FairGate gate = narrow();
    for (int i = 0; i < 10; i++) {
      RecordedExchange sent = gate.send(TENANT, "GET", PODS);
      gate.inside.remove(0).fail(new IllegalStateException("a bug, which this test makes"));
      assertThat(sent.status()).isEqualTo(500);
    }
    assertThat(gate.metrics.text())
        .contains(
            "apiserver_flowcontrol_current_executing_seats{priority_level=\"global-default\","
                + "flow_schema=\"global-default\"} 0\n");
  }

  @Test
  void holdsNoSeatForStreamsToPods() {
    FairGate gate = narrow();
    gate.send(TENANT, "GET", PODS);
    gate.send(20, TENANT, "GET", PODS + "/web/log?follow=true");
    assertThat(gate.inside).hasSize(21);
  }

  @Test
  void letsAdministratorsAndProbesInHoweverManyThereAre() {
    FairGate gate = narrow();
    gate.send(1000, ADMIN, "GET", PODS);
    gate.send(1000, TENANT, "GET", "/readyz");
    assertThat(gate.inside).hasSize(2000);
  }

  @ParameterizedTest(name = "{0}: {1} of 49 seats go to 60 requests")
  @CsvSource({
    "'',                             7",
    "?watch=true,                    7",
    "?watch=true&resourceVersion=5, 49",
    "?limit=100,                    49",
    "?limit=200,                    24",
    "?fieldSelector=metadata.name=a, 49",
    "/web,                          49",
  })
  void countsWhatLooksAtManyObjectsAsMoreThanOne(String rest, int inside) {
    FairGate gate = new FairGate(600);
    gate.objects = 10_000;
    for (int i = 0; i < 60; i++) {
      gate.send(User.known("tenant-" + i), "GET", PODS + rest);
    }
    assertThat(gate.inside).hasSize(inside);
  }

  /** The attack of the issue, as a count: no heartbeat waits for a tenant. */
  @Test
  void keepsTheSystemsOwnTrafficFromATenantWithAThousandSlowLists() {
    FairGate gate = new FairGate(600);
    gate.objects = 10_000;
    List<RecordedExchange> lists = gate.send(1000, TENANT, "GET", "/api/v1/pods");
    gate.pass(Duration.ofSeconds(1));
    assertThat(answered(lists, 429)).as("refused").isGreaterThan(500);
    int held = gate.inside.size();
    assertThat(held).as("lists under way").isPositive();
    for (int i = 0; i < 200; i++) {
      User node = User.node("node-" + i);
      String lease = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-" + i;
      served(gate, held, gate.send(node, "PUT", lease));
      served(gate, held, gate.send(node, "PATCH", "/api/v1/nodes/node-" + i + "/status"));
      served(gate, held, gate.send(node, "GET", "/api/v1/namespaces/shop/pods/web-" + i));
      String leader = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/leader";
      served(gate, held, gate.send(User.known("system:kube-scheduler"), "PUT", leader));
      served(gate, held, gate.send(ADMIN, "GET", PODS));
    }
  }

  /** It came through although nobody else ended, and gets its answer. */
  private static void served(FairGate gate, int held, RecordedExchange sent) {
    assertThat(gate.inside).hasSize(held + 1);
    gate.inside.remove(held).respond(Response.empty(204));
    assertThat(sent.status()).isEqualTo(204);
  }

  /** The same at the same time, and the nodes' own requests are as slow. */
  @Test
  void keepsSeatsForNodesWhateverATenantHasBorrowed() {
    FairGate gate = new FairGate(600);
    gate.send(2000, TENANT, "GET", PODS + "/web");
    gate.pass(Duration.ofSeconds(11));
    gate.send(2000, User.known("second"), "GET", PODS + "/web");
    gate.pass(Duration.ofSeconds(11));
    int before = gate.inside.size();
    assertThat(before).as("tenants have borrowed").isGreaterThan(49);
    IntStream.range(0, 73)
        .forEach(
            i ->
                gate.send(
                    User.node("node-" + i),
                    "PUT",
                    "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-" + i));
    assertThat(gate.inside).hasSize(before + 73);
  }

  @Test
  void sharesALevelFairlyBetweenAFloodAndASmallTenant() {
    FairGate gate = new FairGate(600);
    gate.send(300, TENANT, "GET", PODS + "/web");
    RecordedExchange small = gate.send(User.known("small"), "GET", PODS + "/web");
    int ended = 0;
    while (!small.isAnswered() && ended < 120) {
      gate.answerOne();
      ended++;
    }
    assertThat(small.status()).isEqualTo(204);
  }

  @Test
  void followsSchemasAndLevelsAsTheyChange() throws Exception {
    FairGate gate = narrow();
    KubeObject schema =
        Resources.FLOW_SCHEMAS
            .object("", "tenants")
            .with(
                Tree.of(
                    "priorityLevelConfiguration",
                    Tree.of("name", "exempt"),
                    "matchingPrecedence",
                    500L,
                    "rules",
                    Items.of(
                        Tree.of(
                            "subjects",
                            Items.of(Tree.of("kind", "User", "user", Tree.of("name", "tenant"))),
                            "resourceRules",
                            Items.of(
                                Tree.of(
                                    "verbs",
                                    Items.of("*"),
                                    "apiGroups",
                                    Items.of("*"),
                                    "resources",
                                    Items.of("*"),
                                    "namespaces",
                                    Items.of("*")))))),
                "spec");
    gate.put(Resources.FLOW_SCHEMAS, schema);
    RecordedExchange sent = gate.send(TENANT, "GET", PODS);
    gate.send(100, TENANT, "GET", PODS);
    assertThat(gate.inside).hasSize(101);
    gate.answerOne();
    assertThat(sent.await().headers().first("X-Kubernetes-PF-FlowSchema-UID")).contains("tenants");
  }

  @Test
  void showsLevelsQueuesAndRequestsToPeople() {
    FairGate gate = narrow();
    gate.send(3, TENANT, "GET", PODS);
    assertThat(gate.dump.table("dump_priority_levels", false).orElse(""))
        .startsWith("PriorityLevelName, ActiveQueues, IsIdle, IsQuiescing, WaitingRequests, ")
        .containsPattern("(?m)^global-default, +1, +false, +false, +2, +1, +1, +0, +0, +0$");
    assertThat(gate.dump.table("dump_queues", false).orElse(""))
        .containsPattern("(?m)^global-default, +0, +2, +1, +1, ");
    assertThat(gate.dump.table("dump_requests", true).orElse(""))
        .containsPattern("(?m)^global-default, +global-default, 0, +1, +tenant, .*list, .*pods$");
    assertThat(gate.dump.table("dump_nothing", false)).isEmpty();
  }
}

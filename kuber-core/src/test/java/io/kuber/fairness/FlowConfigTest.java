package io.kuber.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.User;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.flowcontrol.InitialFlows;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which flow schema a request matches, among those that every cluster has and others. */
final class FlowConfigTest {
  private static final Map<String, User> USERS =
      Map.of(
          "admin", User.system("kubernetes-admin"),
          "node", User.node("n1"),
          "manager", User.known("system:kube-controller-manager"),
          "scheduler", User.known("system:kube-scheduler"),
          "jane", User.known("jane"),
          "nobody", User.ANONYMOUS,
          "dns", User.serviceAccount("kube-system", "coredns", "", Map.of()),
          "app", User.serviceAccount("shop", "app", "", Map.of()));

  private static Image image(KubeObject... more) {
    List<KubeObject> objects = new ArrayList<>(InitialFlows.levels());
    objects.addAll(InitialFlows.schemas());
    objects.addAll(List.of(more));
    return TreeImage.EMPTY.withAll(
        objects.stream()
            .map(
                each -> {
                  String resource =
                      each.kind().equals("FlowSchema")
                          ? Resources.FLOW_SCHEMAS.qualifiedName()
                          : Resources.PRIORITY_LEVEL_CONFIGURATIONS.qualifiedName();
                  return new Stored(new Key(resource, "", each.name()), 1, Json.print(each.tree()));
                })
            .toList());
  }

  private static Asked asked(String who, String verb, String target) {
    String[] parts = target.split(" ", -1);
    User user = USERS.getOrDefault(who, User.ANONYMOUS);
    return target.startsWith("/")
        ? new Asked(user, verb, "", "", "", target)
        : new Asked(
            user, verb, parts[0].equals("core") ? "" : parts[0], parts[1], parts[2], "/apis/any");
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "admin,     list,   core pods '',                            exempt,                  exempt",
    "jane,      get,    /healthz,                                probes,                  exempt",
    "nobody,    get,    /readyz,                                 probes,                  exempt",
    "jane,      get,    /healthz/etcd,                           global-default,          global-default",
    "manager,   update, coordination.k8s.io leases kube-system,  system-leader-election,  leader-election",
    "scheduler, create, coordination.k8s.io leases kube-system,  system-leader-election,  leader-election",
    "dns,       update, coordination.k8s.io leases kube-system,  system-leader-election,  leader-election",
    "manager,   list,   coordination.k8s.io leases '',           kube-controller-manager, workload-high",
    "manager,   update, core endpoints shop,                     endpoint-controller,     workload-high",
    "node,      update, coordination.k8s.io leases kube-node-lease, system-node-high,     node-high",
    "node,      patch,  core nodes/status '',                    system-node-high,        node-high",
    "node,      get,    core nodes '',                           system-node-high,        node-high",
    "node,      list,   core pods '',                            system-nodes,            system",
    "node,      get,    /version,                                system-nodes,            system",
    "scheduler, create, core pods/binding shop,                  kube-scheduler,          workload-high",
    "dns,       list,   core services '',                   kube-system-service-accounts, workload-high",
    "app,       list,   core pods shop,                          service-accounts,        workload-low",
    "jane,      list,   core pods shop,                          global-default,          global-default",
    "nobody,    get,    /version,                                global-default,          global-default",
  })
  void findsTheSchemaOfARequest(
      String who, String verb, String target, String schema, String level) {
    FlowSchema found = FlowConfig.of(image()).match(asked(who, verb, target.replace("''", "")));
    assertThat(found.name()).isEqualTo(schema);
    assertThat(found.level()).isEqualTo(level);
  }

  private static KubeObject schema(String name, String level, long precedence, Tree rule) {
    return Resources.FLOW_SCHEMAS
        .object("", name)
        .with(
            Tree.of(
                "priorityLevelConfiguration",
                Tree.of("name", level),
                "matchingPrecedence",
                precedence,
                "rules",
                Items.of(
                    rule.with(
                        "subjects",
                        Items.of(Tree.of("kind", "User", "user", Tree.of("name", "jane")))))),
            "spec");
  }

  private static Tree resources(boolean clusterScope, String... namespaces) {
    Tree rule =
        Tree.of(
            "verbs",
            Items.of("list"),
            "apiGroups",
            Items.of(""),
            "resources",
            Items.of("pods", "pods/log"),
            "namespaces",
            Items.of((Object[]) namespaces));
    return Tree.of("resourceRules", Items.of(rule.with("clusterScope", clusterScope)));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "list, core pods shop,      true",
    "list, core pods bar,       false",
    "list, core pods '',        false",
    "list, core pods/log shop,  true",
    "list, core pods/exec shop, false",
    "get,  core pods shop,      false",
    "list, apps pods shop,      false",
  })
  void matchesRulesForResources(String verb, String target, boolean matches) {
    FlowConfig config =
        FlowConfig.of(image(schema("mine", "system", 1000, resources(false, "shop"))));
    assertThat(config.match(asked("jane", verb, target.replace("''", ""))).name().equals("mine"))
        .isEqualTo(matches);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"/metrics, true", "/debug/a, true", "/debug/a/b, true", "/debug, false", "/x, false"})
  void matchesRulesForPaths(String path, boolean matches) {
    Tree rule =
        Tree.of("verbs", Items.of("get"), "nonResourceURLs", Items.of("/metrics", "/debug/*"));
    FlowConfig config =
        FlowConfig.of(
            image(schema("mine", "system", 1000, Tree.of("nonResourceRules", Items.of(rule)))));
    assertThat(config.match(asked("jane", "get", path)).name().equals("mine")).isEqualTo(matches);
  }

  @Test
  void asksSchemasByPrecedenceAndThenByName() {
    Tree any = resources(true, "*");
    FlowConfig config =
        FlowConfig.of(
            image(
                schema("b", "system", 1000, any),
                schema("a", "system", 1000, any),
                schema("c", "system", 1001, any)));
    assertThat(config.match(asked("jane", "list", "core pods shop")).name()).isEqualTo("a");
  }

  @Test
  void passesOverASchemaWhoseLevelIsMissing() {
    FlowConfig config = FlowConfig.of(image(schema("mine", "missing", 1000, resources(true, "*"))));
    assertThat(config.match(asked("jane", "list", "core pods shop")).name())
        .isEqualTo("global-default");
  }

  @Test
  void hasWhatNobodyMayDoWithoutEvenWhenThereIsNoObject() {
    FlowConfig config = FlowConfig.of(TreeImage.EMPTY);
    assertThat(config.match(asked("admin", "list", "core pods x")).level()).isEqualTo("exempt");
    assertThat(config.match(asked("jane", "list", "core pods x")).level()).isEqualTo("catch-all");
    assertThat(config.levels()).extracting(Level::name).containsExactly("exempt", "catch-all");
  }

  @Test
  void makesFlowsByUserAndByNamespace() {
    FlowConfig config = FlowConfig.of(image());
    Asked app = asked("app", "list", "core pods shop");
    assertThat(config.match(app).distinguisher(app)).isEqualTo("system:serviceaccount:shop:app");
    Asked manager = asked("manager", "list", "core pods shop");
    assertThat(config.match(manager).distinguisher(manager)).isEqualTo("shop");
    Asked admin = asked("admin", "list", "core pods shop");
    assertThat(config.match(admin).distinguisher(admin)).isEmpty();
  }
}

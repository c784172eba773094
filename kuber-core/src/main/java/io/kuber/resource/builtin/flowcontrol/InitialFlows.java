package io.kuber.resource.builtin.flowcontrol;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.List;
import java.util.Map;

/**
 * The flow schemas and priority levels that a cluster begins with: two of each that always are, and
 * those that Kubernetes suggests (apiserver, pkg/apis/flowcontrol/bootstrap).
 */
public final class InitialFlows {
  private static final Items ANY = Items.of("*");
  private static final Tree EVERYBODY_UNKNOWN = group("system:unauthenticated");
  private static final Tree EVERYBODY_KNOWN = group("system:authenticated");
  private static final Tree NODES = group("system:nodes");
  private static final Tree MANAGER = user("system:kube-controller-manager");
  private static final Tree SCHEDULER = user("system:kube-scheduler");

  /** Whose value {@code false} keeps the spec of a suggested object as people have made it. */
  public static final String AUTO_UPDATE = "apf.kubernetes.io/autoupdate-spec";

  private InitialFlows() {}

  /** The levels that are there whatever anybody does. */
  public static List<KubeObject> mandatoryLevels() {
    return levels().stream().filter(InitialFlows::isMandatory).toList();
  }

  /** The flow schemas that are there whatever anybody does. */
  public static List<KubeObject> mandatorySchemas() {
    return schemas().stream().filter(InitialFlows::isMandatory).toList();
  }

  /** Whether nobody may do without the object of that name. */
  public static boolean isMandatory(KubeObject object) {
    return Fixed.LEVELS.containsKey(object.name());
  }

  /** The priority levels. */
  public static List<KubeObject> levels() {
    return List.of(
        level("exempt", fixed(Fixed.LEVELS, "exempt")),
        level("catch-all", fixed(Fixed.LEVELS, "catch-all")),
        level("system", limited(30, 33, 64, 6)),
        level("node-high", limited(40, 25, 64, 6)),
        level("leader-election", limited(10, 0, 16, 4)),
        level("workload-high", limited(40, 50, 128, 6)),
        level("workload-low", limited(100, 90, 128, 6)),
        level("global-default", limited(20, 50, 128, 6)));
  }

  /** The flow schemas, from the one that is looked at first to the last. */
  public static List<KubeObject> schemas() {
    return List.of(
        kept(Resources.FLOW_SCHEMAS.object("", "exempt"), fixed(Fixed.SCHEMAS, "exempt")),
        schema("probes", "exempt", 2, "", probes(), EVERYBODY_UNKNOWN, EVERYBODY_KNOWN),
        schema(
            "system-leader-election",
            "leader-election",
            100,
            "ByUser",
            on(writes("create", "get", "update"), "coordination.k8s.io", "leases"),
            MANAGER,
            SCHEDULER,
            account("*")),
        schema(
            "endpoint-controller",
            "workload-high",
            150,
            "ByUser",
            on(writes("create", "get", "update"), "", "endpoints"),
            MANAGER,
            account("endpoint-controller"),
            account("endpointslicemirroring-controller")),
        schema(
            "workload-leader-election",
            "leader-election",
            200,
            "ByUser",
            on(writes("create", "get", "update"), "coordination.k8s.io", "leases"),
            account("*")),
        schema("system-node-high", "node-high", 400, "ByUser", ofNodes(), NODES),
        schema("system-nodes", "system", 500, "ByUser", all(), NODES),
        schema("kube-controller-manager", "workload-high", 800, "ByNamespace", all(), MANAGER),
        schema("kube-scheduler", "workload-high", 800, "ByNamespace", all(), SCHEDULER),
        schema(
            "kube-system-service-accounts",
            "workload-high",
            900,
            "ByNamespace",
            all(),
            account("*")),
        schema(
            "service-accounts",
            "workload-low",
            9000,
            "ByUser",
            all(),
            group("system:serviceaccounts")),
        schema(
            "global-default",
            "global-default",
            9900,
            "ByUser",
            all(),
            EVERYBODY_UNKNOWN,
            EVERYBODY_KNOWN),
        kept(Resources.FLOW_SCHEMAS.object("", "catch-all"), fixed(Fixed.SCHEMAS, "catch-all")));
  }

  private static Tree fixed(Map<String, Tree> specs, String name) {
    return specs.getOrDefault(name, Tree.EMPTY);
  }

  private static KubeObject level(String name, Tree spec) {
    return kept(Resources.PRIORITY_LEVEL_CONFIGURATIONS.object("", name), spec);
  }

  /** An object whose spec kuber keeps as it is here. */
  private static KubeObject kept(KubeObject object, Tree spec) {
    return object.with("true", "metadata", "annotations", AUTO_UPDATE).with(spec, "spec");
  }

  private static Tree limited(long shares, long lendable, long queues, long hand) {
    Tree queuing = Tree.of("queues", queues, "handSize", hand, "queueLengthLimit", 50L);
    return Tree.of(
        "type",
        "Limited",
        "limited",
        Tree.of(
            "nominalConcurrencyShares",
            shares,
            "limitResponse",
            Tree.of("type", "Queue", "queuing", queuing),
            "lendablePercent",
            lendable));
  }

  private static KubeObject schema(
      String name, String level, long precedence, String method, Tree rules, Tree... subjects) {
    Tree spec =
        Tree.of(
            "priorityLevelConfiguration",
            Tree.of("name", level),
            "matchingPrecedence",
            precedence,
            "rules",
            Items.of(rules.with("subjects", Items.of((Object[]) subjects))));
    return kept(
        Resources.FLOW_SCHEMAS.object("", name),
        method.isEmpty() ? spec : spec.with("distinguisherMethod", Tree.of("type", method)));
  }

  private static Tree group(String name) {
    return Tree.of("kind", "Group", "group", Tree.of("name", name));
  }

  private static Tree user(String name) {
    return Tree.of("kind", "User", "user", Tree.of("name", name));
  }

  private static Tree account(String name) {
    return Tree.of(
        "kind",
        "ServiceAccount",
        "serviceAccount",
        Tree.of("name", name, "namespace", "kube-system"));
  }

  private static Items writes(String... verbs) {
    return Items.of((Object[]) verbs);
  }

  private static Tree on(Items verbs, String group, String... resources) {
    return Tree.of("resourceRules", Items.of(rule(verbs, Items.of(group), resources, false)));
  }

  private static Tree rule(Items verbs, Items groups, String[] resources, boolean ofCluster) {
    Tree rule =
        Tree.of("verbs", verbs, "apiGroups", groups, "resources", Items.of((Object[]) resources));
    return (ofCluster ? rule.with("clusterScope", true) : rule).with("namespaces", ANY);
  }

  /** What nodes must be able to say even when there is much else: that they are there. */
  private static Tree ofNodes() {
    String[] nodes = {"nodes", "nodes/status"};
    return Tree.of(
        "resourceRules",
        Items.of(
            rule(ANY, Items.of(""), nodes, true),
            rule(ANY, Items.of("coordination.k8s.io"), new String[] {"leases"}, false)));
  }

  private static Tree probes() {
    return Tree.of(
        "nonResourceRules",
        Items.of(
            Tree.of(
                "verbs",
                Items.of("get"),
                "nonResourceURLs",
                Items.of("/healthz", "/readyz", "/livez"))));
  }

  private static Tree all() {
    return Tree.of(
        "resourceRules",
        Items.of(rule(ANY, ANY, new String[] {"*"}, true)),
        "nonResourceRules",
        Items.of(Tree.of("verbs", ANY, "nonResourceURLs", ANY)));
  }
}

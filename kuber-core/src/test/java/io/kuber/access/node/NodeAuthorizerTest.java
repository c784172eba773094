package io.kuber.access.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Deed.OnResource;
import io.kuber.access.Ruling;
import io.kuber.access.User;
import io.kuber.access.rbac.PolicyStore;
import io.kuber.json.Yaml;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.store.TreeImage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node may do, of what pods on it need and of what is its own. */
class NodeAuthorizerTest {
  private static final User NODE = User.node("n1");
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: p, namespace: x}
      spec:
        nodeName: n1
        serviceAccountName: robot
        imagePullSecrets: [{name: pull}]
        containers:
        - name: main
          envFrom: [{configMapRef: {name: settings}}]
          env: [{name: A, valueFrom: {secretKeyRef: {name: password, key: a}}}]
        volumes:
        - {name: a, secret: {secretName: file}}
        - {name: b, projected: {sources: [{configMap: {name: shown}}, {secret: {name: part}}]}}
        - {name: c, persistentVolumeClaim: {claimName: disk}}
        - {name: d, ephemeral: {volumeClaimTemplate: {}}}
      """;
  private static final String VOLUME =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: pv}
      spec:
        claimRef: {namespace: x, name: disk}
        csi: {driver: d, volumeHandle: h, nodeStageSecretRef: {namespace: s, name: stage}}
      """;
  private static final String KEPT =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: %1$s}
      spec:
        csi: {driver: local.kuber.io, volumeHandle: %1$s, volumeAttributes: {node: %2$s}}
      """;
  private static final String ATTACHMENT =
      """
      apiVersion: storage.k8s.io/v1
      kind: VolumeAttachment
      metadata: {name: va}
      spec: {nodeName: n1}
      """;

  private final PolicyStore store = new PolicyStore();
  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
  private final NodeAuthorizer authorizer =
      NodeAuthorizer.of(store.store(), loops.loop("node-rights"));

  private Ruling rule(User user, String verb, String what, String namespace, String name) {
    List<String> parts = List.of(what.split("/", -1));
    int dot = parts.get(0).indexOf('.');
    String resource = dot < 0 ? parts.get(0) : parts.get(0).substring(0, dot);
    String group = dot < 0 ? "" : parts.get(0).substring(dot + 1);
    String subresource = parts.size() > 1 ? parts.get(1) : "";
    return authorizer.rule(
        user, new OnResource(verb, group, "v1", resource, subresource, namespace, name));
  }

  @Test
  void forgetsPodsThatTheStoreNoLongerHasWhenItGoesOnFromAnotherImage() {
    TreeImage before = store.store().image();
    store.put(POD);
    assertThat(rule(NODE, "get", "secrets", "x", "pull").allowed()).isTrue();
    store.store().continueWith(before);
    assertThat(rule(NODE, "get", "secrets", "x", "pull").allowed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "get, secrets, x, pull, true",
    "get, secrets, x, password, true",
    "watch, secrets, x, file, true",
    "get, secrets, x, part, true",
    "get, secrets, s, stage, true",
    "get, secrets, y, file, false",
    "get, secrets, x, other, false",
    "update, secrets, x, file, false",
    "list, secrets, x, '', false",
    "get, configmaps, x, settings, true",
    "get, configmaps, x, shown, true",
    "get, configmaps, x, file, false",
    "get, persistentvolumeclaims, x, disk, true",
    "get, persistentvolumeclaims, x, p-d, true",
    "list, persistentvolumeclaims, x, disk, false",
    "patch, persistentvolumeclaims/status, x, disk, true",
    "patch, persistentvolumeclaims/status, x, none, false",
    "get, persistentvolumes, '', pv, true",
    "get, persistentvolumes, '', none, false",
    "patch, persistentvolumes, '', pv, false",
    "watch, persistentvolumes, '', kept, true",
    "patch, persistentvolumes, '', kept, true",
    "patch, persistentvolumes/status, '', kept, false",
    "delete, persistentvolumes, '', kept, false",
    "get, persistentvolumes, '', elsewhere, false",
    "patch, persistentvolumes, '', elsewhere, false",
    "list, persistentvolumes, '', '', false",
    "get, volumeattachments.storage.k8s.io, '', va, true",
    "create, serviceaccounts/token, x, robot, true",
    "create, serviceaccounts/token, x, default, false",
    "get, pods, x, p, true",
    "get, pods, x, q, false",
    "create, pods, x, '', true",
    "update, pods, x, p, false",
    "create, pods/exec, x, p, false",
    "patch, nodes/status, '', n1, true",
    "get, nodes, '', n1, true",
    "get, nodes, '', n2, false",
    "delete, nodes, '', n1, false",
    "update, leases.coordination.k8s.io, kube-node-lease, n1, true",
    "update, leases.coordination.k8s.io, kube-node-lease, n2, false",
    "update, leases.coordination.k8s.io, kube-system, n1, false",
    "update, csinodes.storage.k8s.io, '', n1, true",
    "update, csinodes.storage.k8s.io, '', n2, false",
    "list, services, '', '', true",
    "list, namespaces, '', '', false",
    "create, events, x, '', true",
    "delete, deployments.apps, x, d, false",
  })
  void allowsWhatItsPodsNeed(
      String verb, String what, String namespace, String name, boolean allowed) {
    store.put(POD);
    store.put(VOLUME);
    store.put(KEPT.formatted("kept", "n1"));
    store.put(KEPT.formatted("elsewhere", "n2"));
    store.put(ATTACHMENT);
    Ruling ruling = rule(NODE, verb, what, namespace, name);
    assertThat(ruling.allowed()).as(ruling.reason()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "secrets, x, file",
    "secrets, s, stage",
    "configmaps, x, settings",
    "persistentvolumeclaims, x, disk",
    "persistentvolumes, '', pv",
    "volumeattachments.storage.k8s.io, '', va",
    "pods, x, p",
  })
  void refusesWhatThePodsOfAnotherNodeNeed(String what, String namespace, String name) {
    store.put(POD);
    store.put(VOLUME);
    store.put(ATTACHMENT);
    assertThat(rule(User.node("n2"), "get", what, namespace, name))
        .isEqualTo(Ruling.refuse("no relationship found between node 'n2' and this object"));
  }

  @Test
  void followsThePod() {
    String waiting = POD.replace("nodeName: n1", "priority: 0");
    store.put(waiting);
    assertThat(rule(NODE, "get", "secrets", "x", "file").allowed()).isFalse();
    store.put(POD);
    assertThat(rule(NODE, "get", "secrets", "x", "file").allowed()).isTrue();
    KubeObject pod = KubeObject.of(Yaml.parse(POD.getBytes(UTF_8)));
    store.put(pod.with("Succeeded", "status", "phase"));
    assertThat(rule(NODE, "get", "secrets", "x", "file").allowed()).isFalse();
    assertThat(rule(NODE, "get", "pods", "x", "p").allowed()).isTrue();
    store.put(POD);
    store.delete(pod);
    assertThat(rule(NODE, "get", "secrets", "x", "file").allowed()).isFalse();
    assertThat(rule(NODE, "get", "pods", "x", "p").allowed()).isFalse();
  }

  @Test
  void knowsThePodsThatWereThereBefore() {
    store.put(POD);
    NodeAuthorizer later = NodeAuthorizer.of(store.store(), loops.loop("later"));
    OnResource secret = new OnResource("get", "", "v1", "secrets", "", "x", "file");
    assertThat(later.rule(NODE, secret).allowed()).isTrue();
  }

  @Test
  void listsOnlyThePodsOfTheNode() {
    OnResource all = new OnResource("list", "", "v1", "pods", "", "", "");
    assertThat(authorizer.rule(NODE, all).allowed()).isFalse();
    assertThat(
            authorizer
                .rule(
                    NODE,
                    new OnResource(
                        "watch", "", "v1", "pods", "", "", "", Map.of("spec.nodeName", "n1")))
                .allowed())
        .isTrue();
  }

  @Test
  void isOnlyAboutNodesThatHaveAName() {
    store.put(POD);
    User nameOnly = User.known("system:node:n1");
    User groupOnly = new User("eve", List.of(User.NODES));
    User nobody = new User("system:node:", List.of(User.NODES));
    for (User user : List.of(nameOnly, groupOnly, nobody)) {
      assertThat(rule(user, "get", "secrets", "x", "file").allowed()).isFalse();
      assertThat(rule(user, "list", "services", "", "").allowed()).isFalse();
    }
  }
}

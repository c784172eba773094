package io.kuber.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.api.Admission.Request;
import io.kuber.controller.ControlPlane;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import io.kuber.store.Outcome;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the node n1 may write, and in which words it hears what it may not. */
final class NodeRestrictionTest {
  private static final String MIRROR =
      "metadata: {name: p, namespace: x, annotations: {kubernetes.io/config.mirror: a},"
          + " ownerReferences: [{apiVersion: v1, kind: Node, name: n1, uid: n1-uid, controller:"
          + " true}]}";

  private static final String NAMES =
      "metadata: {name: kube-dns-n1, namespace: kube-system, labels:"
          + " {kubernetes.io/service-name: kube-dns}}";

  private final LocalStore store = new LocalStore();
  private final NodeRestriction restriction =
      new NodeRestriction(new AudienceRights(), TokenIssuer.API_AUDIENCES);

  /** Whoever asks may have tokens for one audience, and nothing else. */
  private static final class AudienceRights implements Authorizer {
    @Override
    public Ruling rule(User user, Deed deed) {
      boolean allowed =
          deed instanceof OnResource on
              && on.verb().equals("request-serviceaccounts-token-audience")
              && on.resource().equals("granted")
              && on.name().equals("robot");
      return allowed ? Ruling.ALLOWED : Ruling.REFUSED;
    }

    @Override
    public Rights rights(User user, String namespace) {
      return new Rights(List.of(), List.of(), true);
    }
  }

  @BeforeEach
  void fill() {
    put("nodes", "metadata: {name: n1, uid: n1-uid}");
    put(
        "pods",
        "metadata: {name: mine, namespace: x, uid: mine-uid}, spec: {nodeName: n1, volumes:"
            + " [{name: a, projected: {sources: [{serviceAccountToken: {audience: ''}},"
            + " {serviceAccountToken: {audience: vault}}]}}, {name: b, csi: {driver: inline}},"
            + " {name: c, persistentVolumeClaim: {claimName: disk}}]}");
    put("pods", "metadata: {name: other, namespace: x, uid: other-uid}, spec: {nodeName: n2}");
    put("persistentvolumeclaims", "metadata: {name: disk, namespace: x}, spec: {volumeName: pv}");
    put("persistentvolumes", "metadata: {name: pv}, spec: {csi: {driver: remote}}");
    put(
        "csidrivers.storage.k8s.io",
        "metadata: {name: inline}, spec: {tokenRequests: [{audience: near}]}");
    put(
        "csidrivers.storage.k8s.io",
        "metadata: {name: remote}, spec: {tokenRequests: [{audience: far}]}");
  }

  private void put(String what, String fields) {
    ResourceType type = BuiltInKinds.catalogue().find(what).orElseThrow().type();
    KubeObject object =
        object("apiVersion: " + type.apiVersion() + ", kind: " + type.kind() + ", " + fields);
    Command put = new Command.Put(type.keyOf(object), Command.ABSENT, Json.print(object.tree()));
    assertThat(store.submit(put).toCompletableFuture().join()).isInstanceOf(Outcome.Applied.class);
  }

  private static KubeObject object(String fields) {
    return ControlPlane.yaml("{" + fields.strip() + "}");
  }

  private void admit(Verb verb, String what, KubeObject object, KubeObject old) {
    String[] parts = what.split("/", -1);
    Kind kind = BuiltInKinds.catalogue().find(parts[0]).orElseThrow();
    Request request =
        new Request(
            verb,
            kind,
            parts.length > 1 ? parts[1] : "",
            object,
            verb == Verb.CREATE ? null : old,
            User.node("n1"),
            store.image());
    assertThat(restriction.admit(request)).isEqualTo(object);
  }

  private void refuses(Verb verb, String what, KubeObject object, KubeObject old, String why) {
    assertThatThrownBy(() -> admit(verb, what, object, old)).hasMessageEndingWith(why.strip());
  }

  @Test
  void letsANodePutItsFinalizerOnAVolumeAndNothingElse() {
    KubeObject volume = object("metadata: {name: pv, finalizers: [a]}, spec: {capacity: {}}");
    KubeObject kept = volume.with(Items.of("a", LocalVolume.FINALIZER), "metadata", "finalizers");
    admit(Verb.UPDATE, "persistentvolumes", kept, volume);
    admit(Verb.UPDATE, "persistentvolumes", volume, kept);
    String why =
        "is only allowed to update the finalizer local.kuber.io/data of a persistent volume";
    KubeObject robbed = kept.with(Items.of(LocalVolume.FINALIZER), "metadata", "finalizers");
    refuses(Verb.UPDATE, "persistentvolumes", robbed, volume, why);
    refuses(Verb.UPDATE, "persistentvolumes", kept.with("b", "spec", "c"), volume, why);
    refuses(Verb.CREATE, "persistentvolumes", kept, kept, why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "CREATE | pods | " + MIRROR + ", spec: {nodeName: n1}",
        "DELETE | pods | metadata: {name: p, namespace: x}, spec: {nodeName: n1}",
        "CREATE | pods/eviction | metadata: {name: mine, namespace: x}",
        "UPDATE | pods/status | metadata: {name: p, namespace: x}, spec: {nodeName: n1}",
        "CREATE | nodes | metadata: {name: n1, labels: {kubernetes.io/os: linux, own: a}}",
        "UPDATE | nodes/status | metadata: {name: n1}",
        "UPDATE | persistentvolumeclaims/status | metadata: {name: c, namespace: x}",
        "CREATE | leases.coordination.k8s.io | metadata: {name: n1, namespace: kube-node-lease}",
        "CREATE | csinodes.storage.k8s.io | metadata: {name: n1}",
        "CREATE | resourceslices.resource.k8s.io | metadata: {name: s}, spec: {nodeName: n1}",
        "CREATE | endpointslices.discovery.k8s.io | " + NAMES + ", endpoints: [{nodeName: n1}]",
        "UPDATE | endpointslices.discovery.k8s.io | " + NAMES + ", endpoints: [{nodeName: n1}]",
        "CREATE | configmaps | metadata: {name: c, namespace: x}"
      })
  void letsANodeWriteWhatIsItsOwn(Verb verb, String what, String fields) {
    KubeObject object = object(fields);
    admit(verb, what, object, object);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "CREATE | pods | metadata: {name: p, namespace: x}, spec: {nodeName: n1} | pod does not have"
            + " \"kubernetes.io/config.mirror\" annotation, node \"n1\" can only create mirror pods",
        "CREATE | pods | "
            + MIRROR
            + ", spec: {nodeName: n2} | node \"n1\" can only create pods with spec.nodeName set to"
            + " itself",
        "CREATE | pods | metadata: {name: p, namespace: x, annotations: {kubernetes.io/config.mirror:"
            + " a}}, spec: {nodeName: n1} | node \"n1\" can only create pods with an owner reference"
            + " set to itself",
        "CREATE | pods | "
            + MIRROR
            + ", spec: {nodeName: n1, serviceAccountName: a} | node \"n1\" can not create pods that"
            + " reference a service account",
        "CREATE | pods | "
            + MIRROR
            + ", spec: {nodeName: n1, volumes: [{name: a, secret: {secretName: b}}]} | node \"n1\" can"
            + " not create pods that reference secrets",
        "UPDATE | pods | metadata: {name: p, namespace: x}, spec: {nodeName: n1} | unexpected"
            + " operation \"UPDATE\", node \"n1\" can only create and delete mirror pods",
        "DELETE | pods | metadata: {name: p, namespace: x}, spec: {nodeName: n2} | node \"n1\" can"
            + " only delete pods with spec.nodeName set to itself",
        "CREATE | pods/eviction | metadata: {name: other, namespace: x} | node n1"
            + " can only evict pods with spec.nodeName set to itself",
        "UPDATE | pods/status | metadata: {name: p, namespace: x}, spec: {nodeName: n2} | node \"n1\""
            + " can only update pod status for pods with spec.nodeName set to itself",
        "CREATE | pods/binding | metadata: {name: p, namespace: x} | unexpected pod subresource"
            + " \"binding\", only 'status' and 'eviction' are allowed",
        "CREATE | nodes | metadata: {name: n2} | node \"n1\" is not allowed to modify node \"n2\"",
        "CREATE | nodes | metadata: {name: n1, labels: {node-restriction.kubernetes.io/a: b,"
            + " node-role.kubernetes.io/master: ''}} | node \"n1\" is not allowed to set the following"
            + " labels: node-restriction.kubernetes.io/a, node-role.kubernetes.io/master",
        "CREATE | nodes | metadata: {name: n1}, spec: {configSource: {}} | node \"n1\" is not allowed"
            + " to create pods with a non-nil configSource",
        "UPDATE | persistentvolumeclaims | metadata: {name: c, namespace: x} | may only update PVC"
            + " status",
        "CREATE | leases.coordination.k8s.io | metadata: {name: n1, namespace: x} | can only access"
            + " leases in the \"kube-node-lease\" system namespace",
        "CREATE | leases.coordination.k8s.io | metadata: {name: n2, namespace: kube-node-lease} | can"
            + " only access node lease with the same name as the requesting node",
        "CREATE | csinodes.storage.k8s.io | metadata: {name: n2} | can only access CSINode with the"
            + " same name as the requesting node",
        "CREATE | resourceslices.resource.k8s.io | metadata: {name: s}, spec: {nodeName: n2} | can"
            + " only create ResourceSlice with the same NodeName as the requesting node"
      })
  void refusesWhatIsNot(Verb verb, String what, String fields, String why) {
    KubeObject object = object(fields);
    refuses(verb, what, object, object, why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "nodes | metadata: {name: n1} | metadata: {name: n1}, spec: {taints: [{key: a, effect:"
            + " NoExecute}]} | node \"n1\" is not allowed to modify taints",
        "nodes | metadata: {name: n1} | metadata: {name: n1}, spec: {configSource: {}} | node \"n1\""
            + " is not allowed to update configSource to a new non-nil configSource",
        "nodes | metadata: {name: n1} | metadata: {name: n1, ownerReferences: [{name: a}]} | node"
            + " \"n1\" is not allowed to modify ownerReferences",
        "nodes | metadata: {name: n1} | metadata: {name: n1, labels: {node-role.kubernetes.io/a: b}} |"
            + " is not allowed to modify labels: node-role.kubernetes.io/a",
        "pods/status | metadata: {name: p}, spec: {nodeName: n1} | metadata: {name: p, labels: {a:"
            + " b}}, spec: {nodeName: n1} | node \"n1\" cannot update labels through pod status",
        "pods/status | metadata: {name: p}, spec: {nodeName: n1} | metadata: {name: p}, spec:"
            + " {nodeName: n1}, status: {resourceClaimStatuses: [{name: a}]} | node \"n1\" cannot"
            + " update resource claim statues",
        "persistentvolumeclaims/status | metadata: {name: c} | metadata: {name: c}, status: {phase:"
            + " Bound} | node \"n1\" is not allowed to update fields other than status.quantity and"
            + " status.conditions"
      })
  void refusesChanges(String what, String before, String after, String why) {
    refuses(Verb.UPDATE, what, object(after), object(before), why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "metadata: {name: kube-dns-n2, namespace: kube-system, labels: {kubernetes.io/service-name:"
            + " kube-dns}}, endpoints: [{nodeName: n1}]",
        "metadata: {name: kube-dns-n1, namespace: x, labels: {kubernetes.io/service-name:"
            + " kube-dns}}, endpoints: [{nodeName: n1}]",
        "metadata: {name: kube-dns-n1, namespace: kube-system, labels:"
            + " {kubernetes.io/service-name: bank}}, endpoints: [{nodeName: n1}]",
        NAMES + ", endpoints: [{nodeName: n1}, {nodeName: n2}]",
        NAMES + ", endpoints: [{addresses: [10.0.0.1]}]",
      })
  void letsANodeLeadNamesToItselfAlone(String fields) {
    for (Verb verb : List.of(Verb.CREATE, Verb.UPDATE)) {
      refuses(
          verb,
          "endpointslices.discovery.k8s.io",
          object(fields),
          object(fields),
          "is only allowed to write the endpoint slice kube-dns-n1 of service kube-system/kube-dns,"
              + " with endpoints on itself");
    }
  }

  @Test
  void letsANodeSayHowFarAClaimHasGrown() {
    admit(
        Verb.UPDATE,
        "persistentvolumeclaims/status",
        object("metadata: {name: c}, status: {capacity: {storage: 2Gi}, conditions: [{type: a}]}"),
        object("metadata: {name: c}, status: {capacity: {storage: 1Gi}}"));
  }

  private static String token(String spec) {
    return "metadata: {name: robot, namespace: x}, spec: {" + spec.strip() + "}";
  }

  private static final String OF_MINE =
      "boundObjectRef: {apiVersion: v1, kind: Pod, name: mine, uid: mine-uid}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "audiences: []",
        "audiences: [vault]",
        "audiences: [near]",
        "audiences: [far]",
        "audiences: [granted]"
      })
  void letsANodeHaveTokensThatItsPodsNeed(String audiences) {
    KubeObject wish = object(token(OF_MINE + ", " + audiences));
    admit(Verb.CREATE, "serviceaccounts/token", wish, wish);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "audiences: [] | node requested token not bound to a pod",
        "boundObjectRef: {apiVersion: v1, kind: Secret, name: a, uid: b} | node requested token not"
            + " bound to a pod",
        "boundObjectRef: {apiVersion: v1, kind: Pod, name: mine} | node requested token with a pod"
            + " binding without a uid",
        "boundObjectRef: {apiVersion: v1, kind: Pod, name: none, uid: a} | pods \"none\" not found",
        "boundObjectRef: {apiVersion: v1, kind: Pod, name: mine, uid: old} | the UID in the bound"
            + " object reference (old) does not match the UID in record. The object might have been"
            + " deleted and then recreated",
        "boundObjectRef: {apiVersion: v1, kind: Pod, name: other, uid: other-uid} | node requested"
            + " token bound to a pod scheduled on a different node",
        OF_MINE + ", audiences: [a, b] | node may only request 0 or 1 audiences",
        OF_MINE
            + ", audiences: [stolen] | audience \"stolen\" not found in pod spec volume,"
            + " system:node:n1 is not authorized to request tokens for this audience"
      })
  void refusesOtherTokens(String spec, String why) {
    KubeObject wish = object(token(spec));
    refuses(Verb.CREATE, "serviceaccounts/token", wish, wish, why);
  }

  @Test
  void leavesOthersAlone() {
    KubeObject pod = object("metadata: {name: p, namespace: x}, spec: {nodeName: n1}");
    Kind kind = BuiltInKinds.catalogue().find("pods").orElseThrow();
    Request request =
        new Request(Verb.CREATE, kind, "", pod, null, User.known("eve"), store.image());
    assertThat(restriction.admit(request)).isEqualTo(pod);
  }
}

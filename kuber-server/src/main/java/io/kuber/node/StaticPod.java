package io.kuber.node;

import com.google.common.hash.Hashing;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.pod.PodDefaults;
import io.kuber.resource.pod.QosClass;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Pods that a node has from a file, and the objects in the API that mirror them
 * (pkg/kubelet/config/common.go, pkg/kubelet/types/pod_update.go). Pure.
 */
final class StaticPod {
  static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String HASH = "kubernetes.io/config.hash";
  private static final String SEEN = "kubernetes.io/config.seen";
  private static final String SOURCE = "kubernetes.io/config.source";
  private static final String FILE = "file";
  private static final int UID_LENGTH = 32;

  private StaticPod() {}

  /** Whether the pod is from a file of this node, and so not known to the API by its uid. */
  static boolean is(KubeObject pod) {
    return FILE.equals(pod.annotations().get(SOURCE)) && !isMirror(pod);
  }

  /** A pod of the API's, whatever it says of itself: its author shall not pass it off as ours. */
  static KubeObject fromApi(KubeObject pod) {
    return is(pod) ? pod.with("api", "metadata", "annotations", SOURCE) : pod;
  }

  /** Whether this is an object of the API that shows what a node runs on its own account. */
  static boolean isMirror(KubeObject pod) {
    return pod.annotations().containsKey(MIRROR);
  }

  /**
   * The pod of a file: with the node's name at the end of its own, and a uid that is another one
   * whenever the file says something else.
   *
   * @param declared as the file has it
   * @param text the file's content
   * @return empty when that is no pod
   */
  static Optional<KubeObject> of(Tree declared, String text, String node, Instant seen) {
    KubeObject pod = KubeObject.of(declared);
    boolean isPod = declared.text("kind").equals("Pod") && declared.text("apiVersion").equals("v1");
    if (!isPod || pod.name().isEmpty() || pod.spec().items("containers").isEmpty()) {
      return Optional.empty();
    }
    String uid =
        Hashing.sha256()
            .hashString(node + "\n" + text, StandardCharsets.UTF_8)
            .toString()
            .substring(0, UID_LENGTH);
    Tree tolerated = Tree.of("operator", "Exists", "effect", "NoExecute");
    Items tolerations = pod.spec().items("tolerations");
    Tree spec =
        PodDefaults.ofPod(pod.spec())
            .with("nodeName", node)
            .with("tolerations", tolerations.plus(tolerated));
    return Optional.of(
        pod.with(pod.namespace().isEmpty() ? "default" : pod.namespace(), "metadata", "namespace")
            .with(pod.name() + "-" + node, "metadata", "name")
            .with(uid, "metadata", "uid")
            .with(uid, "metadata", "annotations", HASH)
            .with(seen.toString(), "metadata", "annotations", SEEN)
            .with(FILE, "metadata", "annotations", SOURCE)
            .with(spec, "spec")
            .with(Tree.of("phase", "Pending", "qosClass", QosClass.of(spec)), "status"));
  }

  /** The object that shows a static pod in the API; it belongs to the node. */
  static KubeObject mirrorOf(KubeObject pod, KubeObject node) {
    Tree owner =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "Node",
            "name",
            node.name(),
            "uid",
            node.uid(),
            "controller",
            true);
    return KubeObject.of(pod.tree().without("status"))
        .without("metadata", "uid")
        .with(pod.uid(), "metadata", "annotations", MIRROR)
        .with(Items.of(owner), "metadata", "ownerReferences");
  }

  /** Whether that object shows this pod as it is now. */
  static boolean mirrors(KubeObject mirror, KubeObject pod) {
    return pod.uid().equals(mirror.annotations().get(MIRROR)) && !mirror.isBeingDeleted();
  }
}

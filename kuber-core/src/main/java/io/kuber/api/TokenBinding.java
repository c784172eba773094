package io.kuber.api;

import io.kuber.access.TokenClaims.Bound;
import io.kuber.access.TokenClaims.Ref;
import io.kuber.access.TokenClaims.Thing;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.List;

/**
 * Finds the object that a token is to end with, {@code spec.boundObjectRef}. Pure.
 *
 * @param image where objects are looked for
 * @param account whose token it is
 */
record TokenBinding(Image image, KubeObject account) {
  /** The object that is named, and the node of a pod beside it. */
  List<Bound> bound(Tree wanted) {
    KubeObject found = find(wanted);
    String uid = wanted.text("uid");
    if (!uid.isEmpty() && !uid.equals(found.uid())) {
      throw replaced(wanted);
    }
    return switch (wanted.text("kind")) {
      case "Pod" -> ofPod(found);
      case "Secret" -> List.of(new Bound(Thing.SECRET, ref(found)));
      default -> List.of(new Bound(Thing.NODE, ref(found)));
    };
  }

  private KubeObject find(Tree wanted) {
    String apiVersion = wanted.text("apiVersion");
    String kind = wanted.text("kind");
    String name = wanted.text("name");
    String found = apiVersion.contains("/") ? "" : kind;
    return switch (found) {
      case "Pod" -> get(Resources.PODS, name);
      case "Secret" -> get(Resources.SECRETS, name);
      case "Node" -> get(Resources.NODES, name);
      default ->
          throw Failures.badRequest(
              "cannot bind token to object of type "
                  + (apiVersion.contains("/") ? apiVersion : "/" + apiVersion)
                  + ", Kind="
                  + kind);
    };
  }

  private KubeObject get(ResourceType type, String name) {
    return get(image, type, account.namespace(), name);
  }

  /** The object, which has to be there. */
  static KubeObject get(Image image, ResourceType type, String namespace, String name) {
    Stored stored = image.get(type.key(type.namespaced() ? namespace : "", name));
    if (stored == null) {
      throw Failures.notFound(type, name);
    }
    return stored.object();
  }

  private List<Bound> ofPod(KubeObject pod) {
    if (!account.name().equals(pod.spec().text("serviceAccountName"))) {
      throw Failures.badRequest(
          "cannot bind token for serviceaccount \""
              + account.name()
              + "\" to pod running with different serviceaccount name.");
    }
    Bound itself = new Bound(Thing.POD, ref(pod));
    String nodeName = pod.spec().text("nodeName");
    if (nodeName.isEmpty()) {
      return List.of(itself);
    }
    Stored node = image.get(Resources.NODES.key("", nodeName));
    String uid = node == null ? "" : node.object().uid();
    return List.of(itself, new Bound(Thing.NODE, new Ref(nodeName, uid)));
  }

  static Ref ref(KubeObject object) {
    return new Ref(object.name(), object.uid());
  }

  private static ApiException replaced(Tree wanted) {
    return IssueToken.conflict(
        "",
        wanted.text("kind"),
        wanted.text("name"),
        "the UID in the bound object reference ("
            + wanted.text("uid")
            + ") does not match the UID in record. The object might have been deleted and then"
            + " recreated");
  }
}

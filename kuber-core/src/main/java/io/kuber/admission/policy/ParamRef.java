package io.kuber.admission.policy;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Which objects parametrise a policy (plugin/policy/generic/policy_dispatcher.go, CollectParams).
 *
 * @param name of the one; empty for all that the selector selects
 * @param namespace of them; empty for that of the object that is written
 * @param isNeeded whether it is an error that there are none
 */
record ParamRef(String name, String namespace, LabelSelector selector, boolean isNeeded) {
  /** Of more objects only the first parametrise the policy. */
  private static final int MOST = 1000;

  static ParamRef of(Tree ref) {
    return new ParamRef(
        ref.text("name"),
        ref.text("namespace"),
        LabelSelector.of(ref.tree("selector")),
        !ref.text("parameterNotFoundAction").equals("Allow"));
  }

  /**
   * The objects, one after the other; one absent object for a policy without parameters.
   *
   * @param written the namespace of what is written
   */
  static List<Optional<KubeObject>> all(Policy policy, Binding binding, Image image, String written)
      throws Misconfigured {
    if (policy.params().isEmpty() || binding.params().isEmpty()) {
      return List.of(Optional.empty());
    }
    ParamKind kind = policy.params().get();
    ParamRef ref = binding.params().get();
    ParamKind.Found found =
        kind.in(image)
            .orElseThrow(() -> new Misconfigured("paramKind kind `" + kind + "` not known"));
    List<Optional<KubeObject>> objects = ref.objects(found, image, ref.namespace(found, written));
    if (objects.isEmpty() && ref.isNeeded()) {
      throw new Misconfigured(
          "no params found for policy binding with `Deny` parameterNotFoundAction");
    }
    return objects;
  }

  private String namespace(ParamKind.Found found, String written) throws Misconfigured {
    if (!found.isNamespaced()) {
      if (!namespace.isEmpty()) {
        throw new Misconfigured(
            "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
      }
      return "";
    }
    if (namespace.isEmpty() && written.isEmpty()) {
      throw new Misconfigured(
          "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
    }
    return namespace.isEmpty() ? written : namespace;
  }

  private List<Optional<KubeObject>> objects(ParamKind.Found found, Image image, String place) {
    if (!name.isEmpty()) {
      Stored one = image.get(new Key(found.qualifiedName(), place, name));
      return one == null ? List.of() : List.of(Optional.of(one.object()));
    }
    List<Optional<KubeObject>> objects = new ArrayList<>();
    Iterator<Stored> all = image.scan(found.qualifiedName(), place, null);
    while (all.hasNext() && objects.size() < MOST) {
      KubeObject object = all.next().object();
      if (selector.test(object.labels())) {
        objects.add(Optional.of(object));
      }
    }
    return objects;
  }
}

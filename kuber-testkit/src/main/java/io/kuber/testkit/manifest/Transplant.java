package io.kuber.testkit.manifest;

import com.google.common.collect.Iterators;
import io.kuber.api.Canonical;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import io.kuber.testkit.cluster.AdoptedNodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Puts objects of another cluster into an image: uid, times, owners and status stay, revisions are
 * new. What they need and nobody has brought along, namespaces and nodes, is made up. Pure: an
 * image in, an image out. Lives for one transplantation.
 */
final class Transplant {
  /** What is said of a node that was made up: it has run its pods, so its pods may go on. */
  private static final Tree READY = Tree.of("type", "Ready", "status", "True");

  private static final String NODE_LEASES = "kube-node-lease";

  private final Catalogue catalogue;
  private final Checks checks;
  private final Map<Key, KubeObject> objects = new LinkedHashMap<>();
  private final Set<String> notes = new TreeSet<>();

  Transplant(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.checks = new Checks(catalogue);
  }

  /** The image with the objects; those of the same names give way. */
  TreeImage into(TreeImage image, List<Manifest> manifests) {
    manifests.forEach(this::take);
    checks.end();
    makeUp(image);
    Set<String> uids = uids(image);
    List<Stored> stored = new ArrayList<>();
    long revision = image.revision();
    for (Map.Entry<Key, KubeObject> each : objects.entrySet()) {
      KubeObject owned = withoutStrangers(each.getValue(), uids);
      stored.add(new Stored(each.getKey(), ++revision, Canonical.bytes(owned)));
    }
    return image.withAll(stored).at(revision);
  }

  /** What is not as the files have it. */
  Set<String> notes() {
    return notes;
  }

  private void take(Manifest manifest) {
    Served served = checks.kind(manifest).orElse(null);
    if (served == null) {
      return;
    }
    ResourceType type = served.kind().type();
    if (type.equals(Resources.LEASES) && manifest.object().namespace().equals(NODE_LEASES)) {
      notes.add("leases of nodes are left out: the simulated nodes have their own");
      return;
    }
    KubeObject known = checks.fields(manifest, served);
    KubeObject stored = served.kind().rules().defaulted(served.toStored(known));
    checks.values(manifest, served, stored);
    KubeObject made = type.equals(Resources.NODES) ? simulated(stored) : stored;
    if (objects.put(type.keyOf(made), made) != null) {
      checks.refuse(manifest.mistake("metadata.name", "is loaded twice"));
    }
  }

  private static KubeObject simulated(KubeObject node) {
    return node.with("true", "metadata", "annotations", AdoptedNodes.ANNOTATION);
  }

  /** Namespaces and nodes that are only spoken of. */
  private void makeUp(TreeImage image) {
    for (KubeObject object : List.copyOf(objects.values())) {
      if (!object.namespace().isEmpty()) {
        makeUp(image, Resources.NAMESPACES, object.namespace());
      }
      String node = object.kind().equals("Pod") ? object.spec().text("nodeName") : "";
      if (!node.isEmpty()) {
        makeUp(image, Resources.NODES, node);
      }
    }
  }

  private void makeUp(TreeImage image, ResourceType type, String name) {
    Key key = type.key("", name);
    if (objects.containsKey(key) || image.get(key) != null) {
      return;
    }
    UUID uid = UUID.nameUUIDFromBytes(key.toString().getBytes(StandardCharsets.UTF_8));
    KubeObject made = type.object("", name).with(uid.toString(), "metadata", "uid");
    boolean isNode = type.equals(Resources.NODES);
    objects.put(
        key,
        catalogue
            .of(type)
            .rules()
            .defaulted(
                isNode
                    ? simulated(made).with(Items.of(READY), "status", "conditions")
                    : made.with(Items.of("kubernetes"), "spec", "finalizers")
                        .with("Active", "status", "phase")));
    notes.add(type.singular() + " " + name + " is spoken of, and was made up");
  }

  private Set<String> uids(TreeImage image) {
    Set<String> uids =
        objects.values().stream()
            .map(KubeObject::uid)
            .collect(Collectors.toCollection(TreeSet::new));
    Iterators.filter(image.all(), stored -> !stored.key().isHidden())
        .forEachRemaining(stored -> uids.add(stored.passingMetadata().text("uid")));
    return uids;
  }

  /**
   * Without owners that were not brought along: with them garbage collection would take it away.
   */
  private KubeObject withoutStrangers(KubeObject object, Set<String> uids) {
    List<OwnerReference> strangers =
        object.owners().stream().filter(owner -> !uids.contains(owner.uid())).toList();
    if (strangers.isEmpty()) {
      return object;
    }
    strangers.forEach(
        owner ->
            notes.add(
                "%s %s is not loaded, so it owns nothing here any more"
                    .formatted(owner.kind(), owner.name())));
    List<Tree> known =
        object.metadata().items("ownerReferences").trees().stream()
            .filter(owner -> uids.contains(owner.text("uid")))
            .toList();
    return known.isEmpty()
        ? object.without("metadata", "ownerReferences")
        : object.with(Items.copyOf(known), "metadata", "ownerReferences");
  }
}

package io.kuber.view;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.selector.Requirement;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An image with indexes, kept up to date from deltas: by owner, by node, by label, by Service, and
 * of what no controller owns.
 *
 * <p>Owned by the loop that calls {@link #advance}; nobody else may touch it.
 */
public final class View {
  /** Events own nothing and are owned by nothing, and there are many of them. */
  private static final String EVENTS = Resources.EVENTS.qualifiedName();

  private static final String PODS = Resources.PODS.qualifiedName();
  private static final String SLICES = Resources.ENDPOINT_SLICES.qualifiedName();
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  /** The resources that controllers adopt. */
  private static final Set<String> ADOPTABLE =
      Set.of(
          PODS,
          Resources.REPLICA_SETS.qualifiedName(),
          Resources.CONTROLLER_REVISIONS.qualifiedName(),
          Resources.JOBS.qualifiedName());

  private final Index dependents = new Index(View::ownerUids);
  private final Index podsOfNodes = new Index(View::nodeNames);
  private final Index orphans = new Index(View::orphanPlaces);
  private final Index podsOfLabels = new Index(View::labels);
  private final Index slicesOfServices = new Index(View::serviceNames);
  private final List<Index> indexes =
      List.of(dependents, podsOfNodes, orphans, podsOfLabels, slicesOfServices);
  private Image image;

  /** A view of the image; {@code resources} are all that it may hold objects of. */
  public View(Image image, Collection<ResourceType> resources) {
    this.image = image;
    for (ResourceType type : resources) {
      image.scan(type.qualifiedName(), "", null).forEachRemaining(this::add);
    }
  }

  /** Takes in one change and the image right after it. */
  public void advance(Delta delta, Image next) {
    image = next;
    if (delta.key().resource().equals(EVENTS)) {
      return;
    }
    Stored before = delta.before();
    for (Index index : indexes) {
      if (before == null) {
        index.add(delta.after());
      } else if (delta.deleted()) {
        index.remove(before);
      } else {
        index.replace(before, delta.after());
      }
    }
  }

  private void add(Stored stored) {
    if (!stored.key().resource().equals(EVENTS)) {
      indexes.forEach(index -> index.add(stored));
    }
  }

  /** The image that the view stands on. */
  public Image image() {
    return image;
  }

  /** The object of that key. */
  public Optional<KubeObject> get(Key key) {
    return Optional.ofNullable(image.get(key)).map(Stored::object);
  }

  /** The object of that name; the namespace is empty for objects of cluster scope. */
  public Optional<KubeObject> get(ResourceType type, String namespace, String name) {
    return get(type.key(namespace, name));
  }

  /** The objects of a namespace, or of all when it is empty, in the order of their keys. */
  public List<KubeObject> list(ResourceType type, String namespace) {
    List<KubeObject> objects = new ArrayList<>();
    Iterator<Stored> all = image.scan(type.qualifiedName(), namespace, null);
    while (all.hasNext()) {
      objects.add(all.next().object());
    }
    return objects;
  }

  /** Those objects of a namespace whose labels the selector matches. */
  public List<KubeObject> select(ResourceType type, String namespace, LabelSelector selector) {
    List<KubeObject> objects =
        type.qualifiedName().equals(PODS) && !namespace.isEmpty()
            ? podsLike(selector, namespace)
            : list(type, namespace);
    objects.removeIf(object -> !selector.matches(object.metadata().tree("labels")));
    return objects;
  }

  /** The pods with the rarest of the labels that the selector asks for. */
  private List<KubeObject> podsLike(LabelSelector selector, String namespace) {
    return selector.requirements().stream()
        .filter(requirement -> requirement.operator() == Requirement.Operator.EQUALS)
        .map(asked -> podsOfLabels.keys(label(namespace, asked.key(), asked.values().get(0))))
        .min(Comparator.comparingInt(Set::size))
        .map(keys -> objects(keys.stream()))
        .orElseGet(() -> list(Resources.PODS, namespace));
  }

  /** How many objects there are in a namespace. */
  public int count(ResourceType type, String namespace) {
    return image.count(type.qualifiedName(), namespace);
  }

  /** The pods that are bound to a node. */
  public List<KubeObject> podsOnNode(String node) {
    return objects(podsOfNodes.keys(node).stream());
  }

  /** The keys of all objects that name this uid among their owners. */
  public List<Key> dependents(String uid) {
    return List.copyOf(dependents.keys(uid));
  }

  /** The objects of one resource that this uid controls. */
  public List<KubeObject> controlledBy(ResourceType type, String uid) {
    String resource = type.qualifiedName();
    List<KubeObject> owned =
        objects(dependents.keys(uid).stream().filter(key -> key.resource().equals(resource)));
    owned.removeIf(object -> object.controller().filter(o -> o.uid().equals(uid)).isEmpty());
    return owned;
  }

  /** The pods, replica sets, revisions or jobs of a namespace that no controller owns. */
  public List<KubeObject> orphans(ResourceType type, String namespace) {
    return objects(orphans.keys(place(type.qualifiedName(), namespace)).stream());
  }

  /** The EndpointSlices that say they are of the Service of that name, whoever owns them. */
  public List<KubeObject> slicesOfService(String namespace, String name) {
    return objects(slicesOfServices.keys(place(name, namespace)).stream());
  }

  private List<KubeObject> objects(Stream<Key> keys) {
    List<KubeObject> objects = new ArrayList<>();
    keys.forEach(key -> addObject(image.get(key), objects));
    return objects;
  }

  private static void addObject(@Nullable Stored stored, List<KubeObject> objects) {
    if (stored != null) {
      objects.add(stored.object());
    }
  }

  private static List<String> ownerUids(Stored stored) {
    return stored.object().owners().stream().map(OwnerReference::uid).toList();
  }

  private static List<String> nodeNames(Stored stored) {
    if (!stored.key().resource().equals(PODS)) {
      return List.of();
    }
    String node = Pods.nodeName(stored.object());
    return node.isEmpty() ? List.of() : List.of(node);
  }

  private static List<String> orphanPlaces(Stored stored) {
    Key key = stored.key();
    return ADOPTABLE.contains(key.resource()) && stored.object().controller().isEmpty()
        ? List.of(place(key.resource(), key.namespace()))
        : List.of();
  }

  private static List<String> labels(Stored stored) {
    if (!stored.key().resource().equals(PODS)) {
      return List.of();
    }
    List<String> labels = new ArrayList<>();
    stored
        .object()
        .labels()
        .forEach((key, value) -> labels.add(label(stored.key().namespace(), key, value)));
    return labels;
  }

  private static List<String> serviceNames(Stored stored) {
    Key key = stored.key();
    return key.resource().equals(SLICES)
        ? List.of(place(stored.object().labels().getOrDefault(SERVICE_NAME, ""), key.namespace()))
        : List.of();
  }

  private static String label(String namespace, String key, String value) {
    return namespace + "/" + key + "=" + value;
  }

  private static String place(String resource, String namespace) {
    return resource + "/" + namespace;
  }
}

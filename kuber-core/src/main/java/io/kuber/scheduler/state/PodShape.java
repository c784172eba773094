package io.kuber.scheduler.state;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.HostPort;
import io.kuber.view.Toleration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules ask of a pod, except its claims: pods that one template made share one shape,
 * and so what was found out about it. Compared by identity; {@link Shapes} hands out one for equal
 * pods.
 *
 * <p>Immutable, but for what {@link Tallies} notes on it; that belongs to the scheduler's loop.
 */
public final class PodShape {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private final String namespace;
  private final Tree labels;
  private final Tree owner;
  private final Amounts requests;
  private final Amounts scored;
  private final List<HostPort> hostPorts;
  private final List<Toleration> tolerations;
  private final NodeWish nodes;
  private final List<AffinityTerm> affinity;
  private final List<AffinityTerm> antiAffinity;
  private final List<AffinityTerm.Weighted> preferences;
  private final List<SpreadRule> spread;
  private final List<String> images;

  /** What counts a pod of this shape; kept by {@link Tallies}. */
  final Shares shares = new Shares();

  /** What a pod of this shape is decided by, once one was; kept by {@link Tallies}. */
  @Nullable Needs needs;

  PodShape(KubeObject pod) {
    Tree spec = pod.spec();
    Tree with = spec.tree("affinity", "podAffinity");
    Tree against = spec.tree("affinity", "podAntiAffinity");
    namespace = pod.namespace();
    labels = pod.metadata().tree("labels");
    owner = ownerOf(pod);
    requests = Requests.of(spec);
    scored = Requests.scored(spec);
    hostPorts = HostPort.of(spec);
    tolerations = Toleration.of(pod);
    nodes = NodeWish.of(spec);
    affinity = AffinityTerm.allOf(with.items(REQUIRED), namespace, labels);
    antiAffinity = AffinityTerm.allOf(against.items(REQUIRED), namespace, labels);
    preferences =
        new ArrayList<>(AffinityTerm.weighted(with.items(PREFERRED), 1, namespace, labels));
    preferences.addAll(AffinityTerm.weighted(against.items(PREFERRED), -1, namespace, labels));
    spread =
        spec.items("topologySpreadConstraints").trees().stream()
            .map(rule -> SpreadRule.of(rule, labels))
            .toList();
    images = images(spec);
  }

  /** Equal for two pods exactly when they have one shape. */
  static List<Object> signature(KubeObject pod) {
    Tree spec = pod.spec();
    List<Object> parts = new ArrayList<>();
    parts.add(pod.namespace());
    parts.add(pod.metadata().tree("labels"));
    parts.add(ownerOf(pod));
    for (String list : new String[] {"containers", "initContainers"}) {
      parts.add(list);
      for (Tree container : spec.items(list).trees()) {
        parts.add(container.tree("resources", "requests"));
        parts.add(container.items("ports"));
        parts.add(container.text("image"));
        parts.add(container.text("restartPolicy"));
      }
    }
    parts.add(spec.tree("resources", "requests"));
    parts.add(spec.tree("overhead"));
    parts.add(spec.tree("nodeSelector"));
    parts.add(spec.tree("affinity"));
    parts.add(spec.items("tolerations"));
    parts.add(spec.items("topologySpreadConstraints"));
    return parts;
  }

  private static Tree ownerOf(KubeObject pod) {
    for (Tree owner : pod.metadata().items("ownerReferences").trees()) {
      if (owner.isTrue("controller")) {
        return owner;
      }
    }
    return Tree.EMPTY;
  }

  private static List<String> images(Tree spec) {
    List<String> images = new ArrayList<>();
    for (String list : new String[] {"initContainers", "containers"}) {
      spec.items(list).trees().forEach(container -> images.add(normal(container.text("image"))));
    }
    return List.copyOf(images);
  }

  /** An image without a tag is the latest (upstream: imagelocality, normalizedImageName). */
  private static String normal(String image) {
    return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ":latest" : image;
  }

  /** Where the pod lives. */
  public String namespace() {
    return namespace;
  }

  /** The pod's labels. */
  public Tree labels() {
    return labels;
  }

  /** The reference to the pod's controller; empty without one. */
  public Tree owner() {
    return owner;
  }

  /** What the pod reserves. */
  public Amounts requests() {
    return requests;
  }

  /** What the pod counts for in scores. */
  public Amounts scored() {
    return scored;
  }

  /** The ports of the node that the pod takes. */
  public List<HostPort> hostPorts() {
    return hostPorts;
  }

  /** Whether the pod puts up with a taint. */
  public boolean tolerates(Tree taint) {
    return covers(tolerations, taint);
  }

  static boolean covers(List<Toleration> tolerations, Tree taint) {
    for (Toleration toleration : tolerations) {
      if (toleration.covers(taint)) {
        return true;
      }
    }
    return false;
  }

  List<Toleration> tolerations() {
    return tolerations;
  }

  /** Which nodes the pod may go to, and would rather. */
  public NodeWish nodes() {
    return nodes;
  }

  /** The pods that it has to be near to. */
  public List<AffinityTerm> affinity() {
    return affinity;
  }

  /** The pods that it must keep away from. */
  public List<AffinityTerm> antiAffinity() {
    return antiAffinity;
  }

  /** The pods that it would rather be near to, or far from. */
  public List<AffinityTerm.Weighted> preferences() {
    return preferences;
  }

  /** How its kind is to be spread, as the pod itself says. */
  public List<SpreadRule> spread() {
    return spread;
  }

  /** The images of all containers, one each. */
  public List<String> images() {
    return images;
  }

  /** The labels of nodes that make the places of its hard or of its soft spread rules. */
  Set<String> placesOf(boolean hard) {
    Set<String> keys = new LinkedHashSet<>();
    spread.stream().filter(r -> r.hard() == hard).forEach(r -> keys.add(r.topologyKey()));
    return keys;
  }
}

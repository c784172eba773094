package io.kuber.controller.endpointslice;

import io.kuber.api.ApiException;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.ServiceBackend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Decides which endpoints stand in which slice, with as few writes as possible: an endpoint stays
 * where it is, gaps are filled before slices are made.
 */
final class EndpointSlicePlanner {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  /** Endpoints of one slice (upstream: max-endpoints-per-slice). */
  static final int MAX_ENDPOINTS = 100;

  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final String MANAGER = "endpointslice-controller.k8s.io";
  private static final String HEADLESS = "service.kubernetes.io/headless";

  /** Knows the nodes. */
  interface Nodes {
    /** The zone of a node, which is empty when it has none; nothing when the node is not there. */
    Optional<String> zoneOf(String node);
  }

  private EndpointSlicePlanner() {}

  static boolean isOurs(KubeObject slice) {
    return slice.labels().getOrDefault(MANAGED_BY, "").equals(MANAGER);
  }

  /** The name of the Service that one of our slices says it is of; empty for others'. */
  static String serviceOf(KubeObject slice) {
    return isOurs(slice) ? slice.labels().getOrDefault(SERVICE_NAME, "") : "";
  }

  /**
   * Plans for a Service that selects {@code pods} and has {@code slices}; those that it does not
   * own go.
   */
  static Plan plan(
      KubeObject service, List<KubeObject> pods, Collection<KubeObject> slices, Nodes nodes) {
    Map<Group, Map<String, Tree>> wanted = Endpoint.grouped(service, pods, nodes);
    List<KubeObject> left = new ArrayList<>(slices);
    List<KubeObject> strays = new ArrayList<>(slices);
    left.removeIf(slice -> !isOwned(slice, service));
    strays.removeAll(left);
    Plan.Builder plan = Plan.builder();
    List<Action> deletions = new ArrayList<>();
    boolean kept = false;
    for (Map.Entry<Group, Map<String, Tree>> group : wanted.entrySet()) {
      List<KubeObject> present =
          left.stream().filter(slice -> Group.of(slice).equals(group.getKey())).toList();
      left.removeAll(present);
      kept |= !group.getValue().isEmpty();
      plan.together(place(service, group.getKey(), group.getValue(), present, deletions));
    }
    if (!kept) {
      keepPlaceholder(service, left, plan);
    }
    left.addAll(strays);
    left.forEach(slice -> deletions.add(Action.delete(Resources.ENDPOINT_SLICES, slice)));
    return plan.together(deletions).onFailure(failure -> tell(service, failure)).build();
  }

  private static List<Action> tell(KubeObject service, ApiException failure) {
    String text =
        "Error updating Endpoint Slices for Service %s/%s: %s"
            .formatted(service.namespace(), service.name(), failure.getMessage());
    return List.of(new Action.Emit(Note.warning(service, "FailedToUpdateEndpointSlices", text)));
  }

  private static boolean isOwned(KubeObject slice, KubeObject service) {
    return slice.controller().filter(owner -> owner.uid().equals(service.uid())).isPresent();
  }

  /**
   * A Service without pods has one slice without endpoints, so that it can be told from none: the
   * one that is there, or else any other.
   */
  private static void keepPlaceholder(
      KubeObject service, List<KubeObject> left, Plan.Builder plan) {
    Group group = new Group(Endpoint.familyOf(service), Items.EMPTY);
    Optional<KubeObject> present =
        left.stream()
            .filter(slice -> Group.of(slice).addressType().equals(group.addressType()))
            .min(Comparator.comparing(slice -> !Group.of(slice).equals(group)));
    if (present.isEmpty()) {
      plan.then(create(service, group, List.of()));
      return;
    }
    KubeObject slice = present.get();
    left.remove(slice);
    KubeObject wanted = dressed(service, slice);
    boolean isEmpty =
        slice.tree().items("endpoints").isEmpty() && slice.tree().items("ports").isEmpty();
    if (!isEmpty) {
      wanted = wanted.with(Items.EMPTY, "endpoints").with(Items.EMPTY, "ports");
    }
    if (!wanted.equals(slice)) {
      plan.then(new Action.Update(Resources.ENDPOINT_SLICES, wanted));
    }
  }

  private static List<Action> place(
      KubeObject service,
      Group group,
      Map<String, Tree> wanted,
      List<KubeObject> present,
      List<Action> deletions) {
    Map<String, Tree> unplaced = new LinkedHashMap<>(wanted);
    Map<KubeObject, List<Tree>> contents = new LinkedHashMap<>();
    for (KubeObject slice : present) {
      List<Tree> kept = new ArrayList<>();
      for (Tree endpoint : slice.tree().items("endpoints").trees()) {
        Tree newer = unplaced.remove(Endpoint.identity(endpoint));
        if (newer != null) {
          kept.add(newer);
        }
      }
      contents.put(slice, kept);
    }
    List<Tree> fresh = new ArrayList<>(unplaced.values());
    fill(contents, EndpointSlicePlanner::isChanged, fresh);
    fill(contents, (slice, endpoints) -> true, fresh);
    List<Action> writes = new ArrayList<>();
    contents.forEach((slice, endpoints) -> write(service, slice, endpoints, writes, deletions));
    for (int from = 0; from < fresh.size(); from += MAX_ENDPOINTS) {
      int to = Math.min(fresh.size(), from + MAX_ENDPOINTS);
      writes.add(create(service, group, fresh.subList(from, to)));
    }
    return writes;
  }

  /** Slices that are written anyway are filled before others are touched. */
  private static boolean isChanged(KubeObject slice, List<Tree> endpoints) {
    return !slice.tree().items("endpoints").equals(Items.copyOf(endpoints));
  }

  private static void fill(
      Map<KubeObject, List<Tree>> contents,
      BiPredicate<KubeObject, List<Tree>> mayFill,
      List<Tree> fresh) {
    contents.forEach(
        (slice, endpoints) -> {
          boolean fills = mayFill.test(slice, endpoints);
          while (fills && endpoints.size() < MAX_ENDPOINTS && !fresh.isEmpty()) {
            endpoints.add(fresh.remove(0));
          }
        });
  }

  private static void write(
      KubeObject service,
      KubeObject slice,
      List<Tree> endpoints,
      List<Action> writes,
      List<Action> deletions) {
    KubeObject wanted = dressed(service, slice).with(Items.copyOf(endpoints), "endpoints");
    if (endpoints.isEmpty()) {
      deletions.add(Action.delete(Resources.ENDPOINT_SLICES, slice));
    } else if (!wanted.equals(slice)) {
      writes.add(new Action.Update(Resources.ENDPOINT_SLICES, wanted));
    }
  }

  private static Action create(KubeObject service, Group group, List<Tree> endpoints) {
    Tree metadata =
        Tree.of(
            "generateName", service.name() + "-",
            "namespace", service.namespace(),
            "ownerReferences", Items.of(OwnerReference.controllerOf(service).toTree()));
    KubeObject slice =
        KubeObject.of(
            Tree.of(
                "apiVersion", Resources.ENDPOINT_SLICES.apiVersion(),
                "kind", Resources.ENDPOINT_SLICES.kind(),
                "metadata", metadata,
                "addressType", group.addressType(),
                "endpoints", Items.copyOf(endpoints),
                "ports", group.ports()));
    return new Action.Create(Resources.ENDPOINT_SLICES, dressed(service, slice));
  }

  private static KubeObject dressed(KubeObject service, KubeObject slice) {
    Tree labels =
        service
            .metadata()
            .tree("labels")
            .with(SERVICE_NAME, service.name())
            .with(MANAGED_BY, MANAGER);
    labels =
        ServiceBackend.isHeadless(service) ? labels.with(HEADLESS, "") : labels.without(HEADLESS);
    return slice.with(labels, "metadata", "labels");
  }
}

package io.kuber.controller.node;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import io.kuber.view.View;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Fetches a node with its lease and pods and lets {@link NodePlanner} decide. */
public final class NodeController implements Controller {
  private static final String LEASES_OF_NODES = "kube-node-lease";

  /** Nodes that were told of; belongs to the reconciler's loop, as many as there are. */
  private final Map<String, KubeObject> known = new HashMap<>();

  private final Sightings sightings = new Sightings();

  @Override
  public String name() {
    return "node-controller";
  }

  /**
   * Renewals of leases wake nobody: a plan looks again when the last known one would be too old.
   */
  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.NODES), Trigger.on(Resources.NODES, NodeController::others));
  }

  /** The first node that becomes ready, and the last that ceases to be, concern all others. */
  private static void others(Change change, View view, Consumer<Key> sink) {
    boolean was =
        change.before().filter(before -> NodePlanner.isReady(before.status())).isPresent();
    boolean is = !change.isDeletion() && NodePlanner.isReady(change.after().status());
    if (was != is && !anyReady(view, change.key().name())) {
      view.list(Resources.NODES, "").forEach(node -> sink.accept(Resources.NODES.keyOf(node)));
    }
  }

  private static boolean anyReady(View view, String except) {
    Iterator<Stored> nodes = view.image().scan(Resources.NODES.qualifiedName(), "", null);
    while (nodes.hasNext()) {
      Stored node = nodes.next();
      if (!node.key().name().equals(except) && NodePlanner.isReady(node.object().status())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(node -> planFor(view, node, now)).orElseGet(() -> planWithout(key));
  }

  private Plan planFor(View view, KubeObject node, Instant now) {
    Plan plan = plan(view, node, now);
    boolean isNew = known.putIfAbsent(node.name(), node) == null;
    return isNew
        ? plan.after(tell(node, "RegisteredNode", "Registered Node %s in Controller"))
        : plan;
  }

  private Plan planWithout(Key key) {
    sightings.forget(key.name());
    KubeObject gone = known.remove(key.name());
    return gone == null
        ? Plan.NOTHING
        : Plan.of(tell(gone, "RemovingNode", "Removing Node %s from Controller"));
  }

  private static Action tell(KubeObject node, String reason, String what) {
    String text = "Node %s event: ".formatted(node.name()) + what.formatted(node.name());
    return new Action.Emit(Note.normal(node, reason, text));
  }

  private Plan plan(View view, KubeObject node, Instant now) {
    Instant said =
        NodePlanner.lastSaid(node, view.get(Resources.LEASES, LEASES_OF_NODES, node.name()));
    Instant heard = sightings.heard(node.name(), said, now);
    EvictionPace pace =
        NodePlanner.isReady(node.status())
            ? EvictionPace.NOW
            : EvictionPace.of(node, view.list(Resources.NODES, ""), now);
    return NodePlanner.plan(node, view.podsOnNode(node.name()), heard, pace, now);
  }
}

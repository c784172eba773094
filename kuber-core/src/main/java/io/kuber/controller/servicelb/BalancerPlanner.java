package io.kuber.controller.servicelb;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which Service has which address. Who has one that he may have keeps it; then those get
 * theirs who ask for a certain one; then all others the lowest that is free. Among equals the older
 * Service comes first. A plan is made once, of one set of Services.
 */
final class BalancerPlanner {
  /** Of one plan; what it writes makes the next one begin. */
  private static final int MOST_WRITES = 200;

  /** The words of cloud-provider/controllers/service, before the reason. */
  private static final String FAILED =
      "Error syncing load balancer: failed to ensure load balancer: ";

  private final BalancerPool pool;
  private final Iterator<String> untried;
  private final Map<String, KubeObject> holders = new HashMap<>();
  private final List<Action> writes = new ArrayList<>();
  private final List<Action> complaints = new ArrayList<>();

  private BalancerPlanner(BalancerPool pool) {
    this.pool = pool;
    this.untried = pool.addresses().iterator();
  }

  /**
   * Plans for all Services.
   *
   * @param services of type LoadBalancer, also those of other balancers
   */
  static Plan plan(BalancerPool pool, List<KubeObject> services) {
    BalancerPlanner planner = new BalancerPlanner(pool);
    planner.decide(services.stream().sorted(Balancing.BY_AGE).toList());
    return Plan.builder()
        .together(planner.writes.stream().limit(MOST_WRITES).toList())
        .together(planner.complaints)
        .build();
  }

  private void decide(List<KubeObject> services) {
    services.stream().filter(s -> !Balancing.isOurs(s)).forEach(this::leaveUntilReleased);
    List<KubeObject> waiting =
        services.stream().filter(Balancing::isOurs).filter(s -> !keeps(s)).toList();
    waiting.forEach(this::leaveUntilReleased);
    List<KubeObject> wanting = waiting.stream().filter(s -> !s.isBeingDeleted()).toList();
    wanting.stream().filter(s -> !Balancing.wish(s).isEmpty()).forEach(this::grant);
    wanting.stream().filter(s -> Balancing.wish(s).isEmpty()).forEach(this::giveAny);
  }

  /**
   * What another balancer uses, or what one has to give up, is free when its status says so: a plan
   * that gave it away before would count on a write that has not been made.
   */
  private void leaveUntilReleased(KubeObject service) {
    Balancing.addresses(service).forEach(address -> holders.putIfAbsent(address, service));
  }

  private boolean keeps(KubeObject service) {
    Optional<String> kept =
        Balancing.addresses(service).stream()
            .filter(address -> mayHave(service, address) && !holders.containsKey(address))
            .findFirst();
    kept.ifPresent(address -> give(service, address));
    return kept.isPresent();
  }

  /**
   * One that is about to go has what it has until it is gone: packets may still be on their way.
   */
  private boolean mayHave(KubeObject service, String address) {
    String wish = Balancing.wish(service);
    return pool.contains(address)
        && (wish.isEmpty() || wish.equals(address) || service.isBeingDeleted());
  }

  private void grant(KubeObject service) {
    String wish = Balancing.wish(service);
    KubeObject holder = holders.get(wish);
    if (!pool.contains(wish)) {
      refuse(service, "loadBalancerIP " + wish + " is not one of " + pool);
    } else if (holder != null) {
      refuse(
          service,
          "loadBalancerIP %s belongs to service %s/%s"
              .formatted(wish, holder.namespace(), holder.name()));
    } else {
      give(service, wish);
    }
  }

  private void giveAny(KubeObject service) {
    while (untried.hasNext()) {
      String address = untried.next();
      if (!holders.containsKey(address)) {
        give(service, address);
        return;
      }
    }
    refuse(
        service,
        "all %,d addresses of %s are in use; delete a service of type LoadBalancer, or start with"
                .formatted(pool.size(), pool)
            + " more in --load-balancer-addresses");
  }

  private void give(KubeObject service, String address) {
    holders.put(address, service);
    KubeObject given = Balancing.at(service, address);
    if (!given.equals(service)) {
      writes.add(
          Action.updateStatus(Resources.SERVICES, given)
              .announcing(
                  Announcement.ofDone(service, "EnsuredLoadBalancer", "Ensured load balancer")));
    }
  }

  private void refuse(KubeObject service, String why) {
    KubeObject without = Balancing.nowhere(service);
    if (!without.equals(service)) {
      writes.add(Action.updateStatus(Resources.SERVICES, without));
    }
    complaints.add(new Action.Emit(Note.warning(service, "SyncLoadBalancerFailed", FAILED + why)));
  }
}

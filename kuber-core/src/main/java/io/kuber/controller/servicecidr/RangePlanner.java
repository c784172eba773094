package io.kuber.controller.servicecidr;

import com.google.common.net.InetAddresses;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.AddressRange;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The beginning and the end of a ServiceCIDR (servicecidrs_controller.go). Pure. */
final class RangePlanner {
  private static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";
  private static final String[] FINALIZERS = {"metadata", "finalizers"};
  private static final String READY = "Ready";

  /** As long as somebody may give away an address who does not know yet of the end. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private RangePlanner() {}

  /** First the finalizer, then the condition. */
  static Plan begin(KubeObject range, Instant now) {
    Items finalizers = finalizers(range);
    if (!finalizers.contains(FINALIZER)) {
      return Plan.of(
          new Action.Update(
              Resources.SERVICE_CIDRS, range.with(finalizers.plus(FINALIZER), FINALIZERS)));
    }
    boolean isReady = Condition.find(range.status(), READY).filter(Condition::isTrue).isPresent();
    return isReady
        ? Plan.NOTHING
        : told(range, "True", "", "Kubernetes Service CIDR is ready", now);
  }

  /**
   * Lets a range go unless an address of a Service would be in none then.
   *
   * @param ranges all, itself included
   * @param addresses all IPAddresses
   */
  static Plan end(
      KubeObject range, List<KubeObject> ranges, List<KubeObject> addresses, Instant now) {
    Items finalizers = finalizers(range);
    if (!finalizers.contains(FINALIZER)) {
      return Plan.NOTHING;
    }
    if (isNeeded(range, ranges, addresses)) {
      return told(
          range,
          "False",
          "Terminating",
          "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a"
              + " new ServiceCIDR",
          now);
    }
    Duration left =
        GRACE.minus(
            Duration.between(Timestamps.parse(range.metadata().text("deletionTimestamp")), now));
    if (left.compareTo(Duration.ZERO) > 0) {
      return Plan.builder().againAfter(left).build();
    }
    Items others = finalizers.without(FINALIZER);
    return Plan.of(
        new Action.Update(
            Resources.SERVICE_CIDRS,
            others.isEmpty() ? range.without(FINALIZERS) : range.with(others, FINALIZERS)));
  }

  private static Items finalizers(KubeObject range) {
    return range.metadata().items("finalizers");
  }

  private static boolean isNeeded(
      KubeObject range, List<KubeObject> ranges, List<KubeObject> addresses) {
    List<AddressRange> own = blocks(range);
    List<AddressRange> others =
        ranges.stream()
            .filter(other -> !other.name().equals(range.name()) && !other.isBeingDeleted())
            .flatMap(other -> blocks(other).stream())
            .toList();
    return addresses.stream()
        .filter(IpAddressPlanner::isManaged)
        .map(address -> InetAddresses.forString(address.name()))
        .anyMatch(address -> isIn(own, address) && !isIn(others, address));
  }

  private static boolean isIn(List<AddressRange> blocks, InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /** Those of IPv4; no Service has an address of the others. */
  private static List<AddressRange> blocks(KubeObject range) {
    return range.spec().items("cidrs").texts().stream()
        .map(AddressRange::find)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Plan told(
      KubeObject range, String status, String reason, String message, Instant now) {
    Tree next = Condition.of(READY, status, reason, message, now).putInto(range.status());
    return next.equals(range.status())
        ? Plan.NOTHING
        : Plan.of(Action.updateStatus(Resources.SERVICE_CIDRS, range.with(next, "status")));
  }
}

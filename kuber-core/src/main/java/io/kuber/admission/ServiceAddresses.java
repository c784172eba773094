package io.kuber.admission;

import com.google.common.collect.Sets;
import com.google.common.net.InetAddresses;
import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.loop.Loops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.AddressRange;
import io.kuber.resource.FieldPath;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.net.Inet4Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives services their cluster addresses and node ports, none of them twice. Where two take the
 * same at the same moment, the write of one fails, and it is decided anew ({@link
 * KindRules#unique}).
 */
final class ServiceAddresses implements Admission {
  private static final int FIRST_PORT = 30000;
  private static final int PORTS = 2768;

  /** Draws before a range counts as full. */
  private static final int MAX_DRAWS = 10_000;

  private final Loops loops;
  private final AddressRange range;

  ServiceAddresses(Loops loops, AddressRange range) {
    this.loops = loops;
    this.range = range;
  }

  @Override
  public KubeObject admit(Request request) {
    KubeObject service = request.object();
    if (!request.kind().type().equals(Resources.SERVICES)
        || request.verb() == Verb.DELETE
        || !request.subresource().isEmpty()) {
      return service;
    }
    String type = service.spec().text("type");
    if (type.equals("ExternalName")) {
      return service;
    }
    KindRules rules = request.kind().rules();
    Set<String> taken = taken(request.image(), service, rules);
    KubeObject addressed = addressed(request, service, taken);
    if (type.equals("ClusterIP")) {
      return addressed;
    }
    Set<String> used = new HashSet<>(Sets.union(taken, rules.unique(service)));
    return checked(ported(addressed, taken, used), taken, used);
  }

  private KubeObject addressed(Request request, KubeObject service, Set<String> taken) {
    String asked = service.spec().text("clusterIP");
    boolean isContradictory = asked.isEmpty() && !service.spec().items("clusterIPs").isEmpty();
    if (isContradictory) {
      return service;
    }
    if (asked.isEmpty()) {
      String address = draw(request, taken);
      return service
          .with(address, "spec", "clusterIP")
          .with(Items.of(address), "spec", "clusterIPs");
    }
    boolean isNew = isNew(asked, request.old());
    if (isNew && isOutside(asked, request.image())) {
      throw refused(
          service,
          FieldPath.SPEC.child("clusterIPs").index(0),
          asked,
          "failed to allocate IP "
              + asked
              + ": the provided IP is not in the valid range. The range of valid IPs is"
              + " "
              + ServiceRanges.of(request.image(), range));
    }
    boolean isTaken =
        taken.contains(asked) || ServiceRanges.isKept(request.image(), asked, service);
    if (isTaken && isNew) {
      throw refused(
          service,
          FieldPath.SPEC.child("clusterIPs").index(0),
          asked,
          "failed to allocate IP " + asked + ": provided IP is already allocated");
    }
    return service;
  }

  /** Whether the Service did not have the address; those with an external name have none. */
  private static boolean isNew(String asked, @Nullable KubeObject old) {
    return old == null
        || old.spec().text("type").equals("ExternalName")
        || !old.spec().text("clusterIP").equals(asked);
  }

  /** Whether the text is an address of another network; what is no IPv4, validation refuses. */
  private boolean isOutside(String asked, Image image) {
    return InetAddresses.isInetAddress(asked)
        && InetAddresses.forString(asked) instanceof Inet4Address address
        && !ServiceRanges.of(image, range).contains(address);
  }

  private String draw(Request request, Set<String> taken) {
    Image image = request.image();
    ServiceRanges ranges = ServiceRanges.of(image, range);
    return ranges
        .draw(
            loops.entropy(),
            address ->
                !taken.contains(address) && !ServiceRanges.isKept(image, address, request.object()))
        .orElseThrow(() -> Failures.internal("no service address is free in " + ranges));
  }

  /**
   * Ports of the same number share a node port when their protocols differ.
   *
   * @param taken by other services
   * @param used by others and by this one, which grows by what is drawn
   */
  private KubeObject ported(KubeObject service, Set<String> taken, Set<String> used) {
    boolean draws = !Boolean.FALSE.equals(service.spec().get("allocateLoadBalancerNodePorts"));
    Items ports = service.spec().items("ports");
    Map<Long, Long> byNumber = new HashMap<>();
    for (Tree port : ports.trees()) {
      if (port.number(0, "nodePort") != 0) {
        byNumber.putIfAbsent(port.number(0, "port"), port.number(0, "nodePort"));
      }
    }
    for (int i = 0; i < ports.size(); i++) {
      Tree port = ports.tree(i);
      long asked = port.number(0, "nodePort");
      if (asked != 0) {
        FieldPath field = FieldPath.SPEC.child("ports").index(i).child("nodePort");
        checkPort(service, field, asked, taken);
      } else if (draws) {
        long given = byNumber.computeIfAbsent(port.number(0, "port"), number -> drawPort(used));
        ports = ports.with(i, port.with("nodePort", given));
      }
    }
    return ports.isEmpty() ? service : service.with(ports, "spec", "ports");
  }

  /** Balancers that may only use nodes with pods of the service ask at a port of its own. */
  private KubeObject checked(KubeObject service, Set<String> taken, Set<String> used) {
    Tree spec = service.spec();
    boolean asks =
        spec.text("type").equals("LoadBalancer")
            && spec.text("externalTrafficPolicy").equals("Local");
    long asked = spec.number(0, "healthCheckNodePort");
    if (asks && asked == 0) {
      return service.with(drawPort(used), "spec", "healthCheckNodePort");
    }
    if (asks) {
      checkPort(service, FieldPath.SPEC.child("healthCheckNodePort"), asked, taken);
    }
    return service;
  }

  private static void checkPort(
      KubeObject service, FieldPath field, long asked, Set<String> taken) {
    if (asked < FIRST_PORT || asked >= FIRST_PORT + PORTS) {
      throw refused(
          service,
          field,
          asked,
          "provided port is not in the valid range. The range of valid ports is 30000-32767");
    }
    if (taken.contains(Long.toString(asked))) {
      throw refused(service, field, asked, "provided port is already allocated");
    }
  }

  private long drawPort(Set<String> used) {
    for (int draws = 0; draws < MAX_DRAWS; draws++) {
      long port = FIRST_PORT + (long) loops.entropy().below(PORTS);
      if (used.add(Long.toString(port))) {
        return port;
      }
    }
    throw Failures.internal("no node port is free in 30000-32767");
  }

  /** What other services have. */
  private static Set<String> taken(Image image, KubeObject service, KindRules rules) {
    Set<String> taken = new HashSet<>();
    Iterator<Stored> services = image.scan(Resources.SERVICES.qualifiedName(), "", null);
    while (services.hasNext()) {
      Stored other = services.next();
      if (!other.key().equals(Resources.SERVICES.keyOf(service))) {
        taken.addAll(rules.unique(other.object()));
      }
    }
    return taken;
  }

  private static RuntimeException refused(
      KubeObject service, FieldPath field, Object value, String why) {
    Problems problems = new Problems();
    problems.invalid(field, value, why);
    return Failures.invalid(Resources.SERVICES, service.name(), problems.found());
  }
}

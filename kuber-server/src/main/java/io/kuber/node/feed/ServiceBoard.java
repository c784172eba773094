package io.kuber.node.feed;

import io.kuber.dns.DnsService;
import io.kuber.dns.DnsZone;
import io.kuber.node.proxy.HealthCheck;
import io.kuber.node.proxy.ServedPort;
import io.kuber.node.proxy.Services;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The services of a cluster and what a node makes of each. Only services that were heard of since
 * the last time are looked at again, so that one change costs as much with one service as with
 * 40,000. Owned by the feed's loop.
 */
final class ServiceBoard {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  private final String node;
  private final Map<String, KubeObject> services = new HashMap<>();
  private final Map<String, KubeObject> slices = new HashMap<>();

  /** By service, then by name. */
  private final Map<String, Map<String, KubeObject>> slicesOf = new HashMap<>();

  /** In the order of services' names. */
  private final Map<String, ServiceView> views = new TreeMap<>();

  private final Map<String, HealthCheck> checks = new TreeMap<>();
  private final Set<String> stale = new HashSet<>();
  private final Set<String> renamed = new HashSet<>();
  private boolean namesChanged = true;

  ServiceBoard(String node) {
    this.node = node;
  }

  /** A service that is new, changed, or gone. */
  void service(String key, @Nullable KubeObject now) {
    KubeObject before = now == null ? services.remove(key) : services.put(key, now);
    if (!isSame(before, now)) {
      stale.add(key);
    }
  }

  /** An EndpointSlice that is new, changed, or gone. */
  void slice(String key, @Nullable KubeObject now) {
    KubeObject before = now == null ? slices.remove(key) : slices.put(key, now);
    if (isSame(before, now)) {
      return;
    }
    if (before != null) {
      String owner = owner(before);
      slicesOf.computeIfPresent(owner, (any, own) -> without(own, key));
      stale.add(owner);
    }
    if (now != null) {
      slicesOf.computeIfAbsent(owner(now), any -> new TreeMap<>()).put(key, now);
      stale.add(owner(now));
    }
  }

  private static @Nullable Map<String, KubeObject> without(
      Map<String, KubeObject> own, String key) {
    own.remove(key);
    return own.isEmpty() ? null : own;
  }

  /** A list that is made again tells again of all that did not change. */
  private static boolean isSame(@Nullable KubeObject before, @Nullable KubeObject now) {
    return before != null
        && now != null
        && before.uid().equals(now.uid())
        && before.resourceVersion().equals(now.resourceVersion())
        && !now.resourceVersion().isEmpty();
  }

  private static String owner(KubeObject slice) {
    return slice.namespace() + "/" + slice.labels().getOrDefault(SERVICE_NAME, "");
  }

  /** What the proxy has to serve, on a node of this zone. */
  Services served(String zone) {
    refresh();
    List<ServedPort> ports = new ArrayList<>(views.size());
    views.values().forEach(view -> ports.addAll(view.ports()));
    return new Services(node, zone, ports);
  }

  /** Whether {@link #renamed} would change something; true at first. */
  boolean namesChanged() {
    refresh();
    return namesChanged;
  }

  /** The zone with what has changed of services' names since the last time. */
  DnsZone renamed(DnsZone before) {
    refresh();
    DnsZone zone = before;
    for (String key : renamed) {
      Optional<DnsService> names = views.getOrDefault(key, ServiceView.NONE).names();
      int slash = key.indexOf('/');
      zone =
          names.isPresent()
              ? zone.with(names.get())
              : zone.without(key.substring(0, slash), key.substring(slash + 1));
    }
    renamed.clear();
    namesChanged = false;
    return zone;
  }

  List<HealthCheck> checks() {
    refresh();
    return List.copyOf(checks.values());
  }

  private void refresh() {
    stale.forEach(this::refresh);
    stale.clear();
  }

  private void refresh(String key) {
    KubeObject service = services.get(key);
    Collection<KubeObject> own = slicesOf.getOrDefault(key, Map.of()).values();
    ServiceView view = service == null ? ServiceView.NONE : ServiceView.of(service, own, node);
    ServiceView before = service == null ? views.remove(key) : views.put(key, view);
    if (!view.names().equals(before == null ? Optional.empty() : before.names())) {
      renamed.add(key);
      namesChanged = true;
    }
    view.health().ifPresentOrElse(check -> checks.put(key, check), () -> checks.remove(key));
  }
}

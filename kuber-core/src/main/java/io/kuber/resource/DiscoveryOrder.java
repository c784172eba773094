package io.kuber.resource;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order in which discovery lists groups and versions: where two groups have a resource of one
 * name, clients take the one that comes first (kube-aggregator, the priorities of APIServices).
 */
final class DiscoveryOrder {
  /** Groups as Kubernetes ranks them; custom ones follow, and the abandoned one comes last. */
  private static final List<String> GROUPS =
      List.of(
          "",
          "apiregistration.k8s.io",
          "apps",
          "events.k8s.io",
          "authentication.k8s.io",
          "authorization.k8s.io",
          "autoscaling",
          "batch",
          "certificates.k8s.io",
          "networking.k8s.io",
          "policy",
          "rbac.authorization.k8s.io",
          "storage.k8s.io",
          "admissionregistration.k8s.io",
          "apiextensions.k8s.io",
          "scheduling.k8s.io",
          "coordination.k8s.io",
          "node.k8s.io",
          "discovery.k8s.io",
          "flowcontrol.apiserver.k8s.io",
          "resource.k8s.io",
          "internal.apiserver.k8s.io");

  private static final String ABANDONED = "extensions";

  /** {@code v2}, {@code v1beta1}; what is no such version comes behind those that are. */
  private static final Pattern VERSION = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

  /** By group, then the stable and newer version first (apimachinery, pkg/version). */
  static final Comparator<Served> OF_SERVED =
      Comparator.<Served>comparingInt(served -> rank(served.type().group()))
          .thenComparing(served -> custom(served.type().group()))
          .thenComparing(served -> served.type().version(), DiscoveryOrder::compareVersions);

  private DiscoveryOrder() {}

  private static int rank(String group) {
    if (group.equals(ABANDONED)) {
      return GROUPS.size() + 1;
    }
    int rank = GROUPS.indexOf(group);
    return rank < 0 ? GROUPS.size() : rank;
  }

  private static String custom(String group) {
    return GROUPS.contains(group) ? "" : group;
  }

  /** Negative when {@code a} is to be preferred to {@code b}. */
  static int compareVersions(String a, String b) {
    Matcher first = VERSION.matcher(a);
    Matcher second = VERSION.matcher(b);
    boolean known = first.matches();
    if (known != second.matches()) {
      return known ? -1 : 1;
    }
    if (!known) {
      return a.compareTo(b);
    }
    int stages = Integer.compare(stage(second), stage(first));
    if (stages != 0) {
      return stages;
    }
    int numbers = Integer.compare(number(second, 1), number(first, 1));
    return numbers != 0 ? numbers : Integer.compare(number(second, 3), number(first, 3));
  }

  private static int stage(Matcher version) {
    String stage = version.group(2);
    return stage == null ? 2 : stage.equals("beta") ? 1 : 0;
  }

  private static int number(Matcher version, int group) {
    String digits = version.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}

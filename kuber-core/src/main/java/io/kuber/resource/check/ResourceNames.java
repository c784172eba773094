package io.kuber.resource.check;

import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.selector.LabelSyntax;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What nodes have and pods use, by name (pkg/apis/core/helper). */
public final class ResourceNames {
  private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");

  private static final Set<String> COUNTED =
      Set.of(
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");

  private static final Set<String> OF_QUOTAS =
      Stream.of(
              COUNTED.stream(),
              OF_CONTAINERS.stream(),
              OF_CONTAINERS.stream().map(name -> "requests." + name),
              OF_CONTAINERS.stream().map(name -> "limits." + name),
              Stream.of("requests.storage"))
          .flatMap(names -> names)
          .collect(Collectors.toUnmodifiableSet());

  private static final String HUGE_PAGES = "hugepages-";

  private ResourceNames() {}

  /** Whether this is memory in pages of one size. */
  public static boolean isHugePages(String name) {
    return name.startsWith(HUGE_PAGES);
  }

  /** Whether requests may be lower than limits. */
  public static boolean isOvercommitAllowed(String name) {
    return isNative(name) && !isHugePages(name);
  }

  /** Whether only whole numbers of this make sense. */
  public static boolean isCounted(String name) {
    return COUNTED.contains(name) || isExtended(name);
  }

  /** Whether a quota can bound this without naming a group. */
  public static boolean isOfQuotas(String name) {
    return OF_QUOTAS.contains(name)
        || isHugePages(name)
        || name.startsWith("requests." + HUGE_PAGES);
  }

  private static boolean isNative(String name) {
    return !name.contains("/") || name.contains("kubernetes.io/");
  }

  private static boolean isExtended(String name) {
    return !isNative(name)
        && !name.startsWith("requests.")
        && LabelSyntax.keyErrors("requests." + name).isEmpty();
  }

  /** Reports what is no name of something that a claim or limit can be about. */
  public static void check(FieldPath field, String name, Problems problems) {
    List<String> errors = LabelSyntax.keyErrors(name);
    errors.forEach(error -> problems.invalid(field, name, error));
    if (!errors.isEmpty()) {
      return;
    }
    if (!name.contains("/") && !isOfQuotas(name) && !name.equals("storage")) {
      problems.invalid(field, name, "must be a standard resource type or fully qualified");
    }
  }

  /** Reports what is no name of something that containers use. */
  public static void checkOfContainer(FieldPath field, String name, Problems problems) {
    check(field, name, problems);
    if (!name.contains("/")) {
      if (!OF_CONTAINERS.contains(name) && !isHugePages(name)) {
        problems.invalid(field, name, "must be a standard resource for containers");
      }
    } else if (!isNative(name) && !isExtended(name)) {
      problems.invalid(field, name, "doesn't follow extended resource name standard");
    }
  }

  /** Reports what is no name of something that a quota bounds. */
  public static void checkOfQuota(FieldPath field, String name, Problems problems) {
    check(field, name, problems);
    if (!name.contains("/") && !isOfQuotas(name)) {
      problems.invalid(field, name, "must be a standard resource for quota");
    }
  }
}

package io.kuber.resource.check;

import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What containers ask for and may use: amounts, requests within limits, and claimed devices. */
public final class ResourcesCheck {
  private ResourcesCheck() {}

  /**
   * Reports what is wrong with {@code resources} of a container or a pod.
   *
   * @param claims the names of the pod's resource claims
   */
  public static void check(FieldPath path, Tree resources, Set<String> claims, Problems problems) {
    checkAmounts(path.child("limits"), resources.tree("limits"), problems);
    checkAmounts(path.child("requests"), resources.tree("requests"), problems);
    checkRequests(path, resources, problems);
    checkHugePages(path, resources, problems);
    checkClaims(path.child("claims"), resources.items("claims").trees(), claims, problems);
  }

  /** Reports what is wrong with a list of amounts that containers may use. */
  public static void checkAmounts(FieldPath path, Tree amounts, Problems problems) {
    amounts.forEach(
        (name, value) -> {
          ResourceNames.checkOfContainer(path.key(name), name, problems);
          Amounts.check(path.key(name), name, value, problems);
        });
  }

  private static void checkRequests(FieldPath path, Tree resources, Problems problems) {
    Map<String, Quantity> limits = Amounts.of(resources.tree("limits"));
    Amounts.of(resources.tree("requests"))
        .forEach(
            (name, asked) -> {
              Quantity most = limits.get(name);
              boolean loose = ResourceNames.isOvercommitAllowed(name);
              if (most == null) {
                if (!loose) {
                  problems.required(
                      path.child("limits"), "Limit must be set for non overcommitable resources");
                }
              } else if (!loose && !asked.equals(most)) {
                problems.invalid(
                    path.child("requests"),
                    asked.toString(),
                    "must be equal to " + name + " limit of " + most);
              } else if (asked.compareTo(most) > 0) {
                problems.invalid(
                    path.child("requests"),
                    asked.toString(),
                    "must be less than or equal to " + name + " limit of " + most);
              }
            });
  }

  private static void checkHugePages(FieldPath path, Tree resources, Problems problems) {
    Set<String> names = new HashSet<>(Amounts.of(resources.tree("limits")).keySet());
    names.addAll(Amounts.of(resources.tree("requests")).keySet());
    boolean huge = names.stream().anyMatch(ResourceNames::isHugePages);
    if (huge && !names.contains("cpu") && !names.contains("memory")) {
      problems.forbidden(path, "HugePages require cpu or memory");
    }
  }

  private static void checkClaims(
      FieldPath path, List<Tree> claims, Set<String> known, Problems problems) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < claims.size(); i++) {
      String name = claims.get(i).text("name");
      if (name.isEmpty()) {
        problems.required(path.index(i), "");
        continue;
      }
      if (!names.add(name)) {
        problems.duplicate(path.index(i), name);
      }
      if (!known.contains(name)) {
        String which =
            known.isEmpty() ? " which is empty" : ": " + String.join(", ", new TreeSet<>(known));
        problems.notFound(
            path.index(i), name, "must be one of the names in pod.spec.resourceClaims" + which);
      }
    }
  }
}

package io.kuber.admission;

import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.quota.ResourceAmounts;
import java.util.List;

/**
 * Holds what one container, pod or claim asks for against one limit of a LimitRange.
 *
 * @param limit an entry of {@code spec.limits}
 */
record LimitCheck(Tree limit, ResourceAmounts requests, ResourceAmounts limits) {
  /** Complains in upstream's words about what a pod or container asks for. */
  void check(List<String> complaints) {
    amounts("min")
        .byName()
        .forEach(
            (name, least) -> {
              if (!requests.has(name)) {
                complaints.add("%s  No request is specified".formatted(least(name, least) + "."));
              } else if (requests.of(name).compareTo(least) < 0) {
                complaints.add(least(name, least) + ", but request is " + requests.of(name));
              } else if (limits.has(name) && limits.of(name).compareTo(least) < 0) {
                complaints.add(least(name, least) + ", but limit is " + limits.of(name));
              }
            });
    amounts("max")
        .byName()
        .forEach(
            (name, most) -> {
              if (!limits.has(name)) {
                complaints.add("%s  No limit is specified".formatted(most(name, most) + "."));
              } else if (limits.of(name).compareTo(most) > 0) {
                complaints.add(most(name, most) + ", but limit is " + limits.of(name));
              } else if (requests.of(name).compareTo(most) > 0) {
                complaints.add(most(name, most) + ", but request is " + requests.of(name));
              }
            });
    amounts("maxLimitRequestRatio")
        .byName()
        .forEach((name, ratio) -> checkRatio(name, ratio, complaints));
  }

  /** Complains about the request of a claim, which has no limit. */
  void checkClaim(List<String> complaints) {
    amounts("min")
        .byName()
        .forEach(
            (name, least) -> {
              if (requests.of(name).compareTo(least) < 0) {
                complaints.add(least(name, least) + ", but request is " + requests.of(name));
              }
            });
    amounts("max")
        .byName()
        .forEach(
            (name, most) -> {
              if (requests.of(name).compareTo(most) > 0) {
                complaints.add(most(name, most) + ", but request is " + requests.of(name));
              }
            });
  }

  private ResourceAmounts amounts(String field) {
    return ResourceAmounts.of(limit.tree(field));
  }

  private String least(String name, Quantity amount) {
    return "minimum %s usage per %s is %s".formatted(name, limit.text("type"), amount);
  }

  private String most(String name, Quantity amount) {
    return "maximum %s usage per %s is %s".formatted(name, limit.text("type"), amount);
  }

  private void checkRatio(String name, Quantity ratio, List<String> complaints) {
    String most =
        "%s max limit to request ratio per %s is %s".formatted(name, limit.text("type"), ratio);
    Quantity request = requests.of(name);
    Quantity upper = limits.of(name);
    if (request.signum() == 0) {
      complaints.add(most + ", but no request is specified or request is 0");
    } else if (upper.signum() == 0) {
      complaints.add(most + ", but no limit is specified or limit is 0");
    } else {
      double provided = upper.number().doubleValue() / request.number().doubleValue();
      if (provided > ratio.number().doubleValue()) {
        complaints.add(most + ", but provided ratio is %f".formatted(provided));
      }
    }
  }
}

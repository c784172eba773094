package io.kuber.resource.builtin;

import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Amounts;
import io.kuber.resource.check.ResourceNames;
import io.kuber.selector.LabelSyntax;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is wrong with the bounds that a LimitRange sets for one type of thing. */
final class LimitCheck {
  private static final List<String> TYPES = List.of("Pod", "Container", "PersistentVolumeClaim");
  private static final Quantity ONE = Quantity.of(1);

  private LimitCheck() {}

  static void check(FieldPath path, Tree limit, Problems problems) {
    String type = limit.text("type");
    checkType(path.child("type"), type, problems);
    checkNames(path, limit, type, problems);
    if (type.equals("Pod")) {
      for (String forbidden : new String[] {"default", "defaultRequest"}) {
        if (!limit.tree(forbidden).isEmpty()) {
          problems.forbidden(path.child(forbidden), "may not be specified when `type` is 'Pod'");
        }
      }
    }
    boolean bounded = limit.at("min", "storage") != null || limit.at("max", "storage") != null;
    if (type.equals("PersistentVolumeClaim") && !bounded) {
      problems.required(
          path.child("limits"),
          "either minimum or maximum storage value is required, but neither was provided");
    }
    new Bounds(limit).check(path, problems);
  }

  private static void checkType(FieldPath field, String type, Problems problems) {
    List<String> errors = LabelSyntax.keyErrors(type);
    errors.forEach(error -> problems.invalid(field, type, error));
    if (errors.isEmpty() && !type.contains("/") && !TYPES.contains(type)) {
      problems.invalid(field, type, "must be a standard limit type or fully qualified");
    }
  }

  private static void checkNames(FieldPath path, Tree limit, String type, Problems problems) {
    boolean ofContainers = type.equals("Pod") || type.equals("Container");
    for (String list :
        new String[] {"max", "min", "default", "defaultRequest", "maxLimitRequestRatio"}) {
      limit
          .tree(list)
          .forEach(
              (name, amount) -> {
                FieldPath field = path.child(list).key(name);
                if (ofContainers) {
                  ResourceNames.checkOfContainer(field, name, problems);
                } else {
                  ResourceNames.check(field, name, problems);
                }
              });
    }
  }

  /** The amounts of one limit by name, and how they have to relate. */
  private record Bounds(
      Map<String, Quantity> min,
      Map<String, Quantity> max,
      Map<String, Quantity> limits,
      Map<String, Quantity> requests,
      Map<String, Quantity> ratios) {
    Bounds(Tree limit) {
      this(
          Amounts.of(limit.tree("min")),
          Amounts.of(limit.tree("max")),
          Amounts.of(limit.tree("default")),
          Amounts.of(limit.tree("defaultRequest")),
          Amounts.of(limit.tree("maxLimitRequestRatio")));
    }

    void check(FieldPath path, Problems problems) {
      TreeSet<String> names = new TreeSet<>(min.keySet());
      List.of(max, limits, requests, ratios).forEach(amounts -> names.addAll(amounts.keySet()));
      for (String name : names) {
        checkOrder(path, name, problems);
        checkRatio(path.child("maxLimitRequestRatio").key(name), name, problems);
      }
    }

    private void checkOrder(FieldPath path, String name, Problems problems) {
      Quantity least = min.get(name);
      Quantity most = max.get(name);
      Quantity limit = limits.get(name);
      Quantity request = requests.get(name);
      FieldPath ofRequest = path.child("defaultRequest").key(name);
      FieldPath ofLimit = path.child("default").key(name);
      order(path.child("min").key(name), least, "min", least, "max", most, problems);
      order(ofRequest, request, "min", least, "default request", request, problems);
      order(ofRequest, request, "default request", request, "max", most, problems);
      order(ofRequest, request, "default request", request, "default limit", limit, problems);
      order(ofLimit, least, "min", least, "default", limit, problems);
      order(ofLimit, most, "default", limit, "max", most, problems);
      if (limit != null
          && request != null
          && !ResourceNames.isOvercommitAllowed(name)
          && !limit.equals(request)) {
        problems.invalid(
            ofRequest,
            request.toString(),
            "default value "
                + limit
                + " must equal to defaultRequest value "
                + request
                + " in "
                + name);
      }
    }

    /** Which of the two amounts is shown differs from pair to pair, as in Kubernetes. */
    private static void order(
        FieldPath field,
        @Nullable Quantity shown,
        String lower,
        @Nullable Quantity low,
        String higher,
        @Nullable Quantity high,
        Problems problems) {
      if (low != null && high != null && low.compareTo(high) > 0) {
        problems.invalid(
            field,
            String.valueOf(shown),
            lower + " value " + low + " is greater than " + higher + " value " + high);
      }
    }

    private void checkRatio(FieldPath field, String name, Problems problems) {
      Quantity ratio = ratios.get(name);
      Quantity least = min.get(name);
      Quantity most = max.get(name);
      if (ratio == null) {
        return;
      }
      if (ratio.compareTo(ONE) < 0) {
        problems.invalid(field, ratio.toString(), "ratio " + ratio + " is less than 1");
      }
      if (least != null && most != null && least.signum() > 0) {
        double possible = (double) most.milliValue() / least.milliValue();
        if (ratio.milliValue() / 1000.0 > possible) {
          problems.invalid(
              field,
              ratio.toString(),
              "ratio " + ratio + " is greater than max/min = " + "%f".formatted(possible));
        }
      }
    }
  }
}

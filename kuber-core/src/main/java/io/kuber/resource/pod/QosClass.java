package io.kuber.resource.pod;

import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;

/** The class of service of a pod: who is killed first when memory is short. */
public final class QosClass {
  private static final List<String> COMPUTE = List.of("cpu", "memory");

  private QosClass() {}

  /** Guaranteed, Burstable or BestEffort. */
  public static String of(Tree spec) {
    List<Tree> containers = new ArrayList<>(spec.items("containers").trees());
    containers.addAll(spec.items("initContainers").trees());
    boolean any = containers.stream().anyMatch(QosClass::asksForAnything);
    boolean all = any && containers.stream().allMatch(QosClass::isGuaranteed);
    return all ? "Guaranteed" : any ? "Burstable" : "BestEffort";
  }

  private static boolean asksForAnything(Tree container) {
    return COMPUTE.stream()
        .anyMatch(
            name ->
                container.at("resources", "requests", name) != null
                    || container.at("resources", "limits", name) != null);
  }

  private static boolean isGuaranteed(Tree container) {
    return COMPUTE.stream()
        .allMatch(
            name -> {
              Object limit = container.at("resources", "limits", name);
              Object request = container.at("resources", "requests", name);
              return limit != null
                  && request != null
                  && isSame(limit.toString(), request.toString());
            });
  }

  private static boolean isSame(String limit, String request) {
    try {
      return Quantity.parse(limit).equals(Quantity.parse(request));
    } catch (IllegalArgumentException refusedByValidationLater) {
      return false;
    }
  }
}

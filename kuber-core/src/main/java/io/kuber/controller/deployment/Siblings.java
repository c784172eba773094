package io.kuber.controller.deployment;

import io.kuber.object.KubeObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a Deployment finds around it.
 *
 * @param replicaSets its own
 * @param podsOf the pods of a ReplicaSet, finished ones as well
 * @param isTaken whether some ReplicaSet of this name is there, whoever owns it
 */
record Siblings(
    List<KubeObject> replicaSets,
    Function<KubeObject, List<KubeObject>> podsOf,
    Predicate<String> isTaken) {
  Siblings {
    replicaSets = List.copyOf(replicaSets);
  }
}

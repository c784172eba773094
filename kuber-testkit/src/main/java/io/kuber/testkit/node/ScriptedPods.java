package io.kuber.testkit.node;

import io.kuber.testkit.node.script.PodScript;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pods that have a script, by uid: written by the loop of the nodes, read by the threads of
 * whoever asks for exec and logs.
 */
final class ScriptedPods {
  private final Map<String, Scripted> pods = new ConcurrentHashMap<>();

  /** A script and what the programs of the pod have written. */
  record Scripted(PodScript script, ProgramLog log) {}

  void add(SimulatedPod pod) {
    pod.script().ifPresent(script -> pods.put(pod.object().uid(), new Scripted(script, pod.log())));
  }

  void remove(SimulatedPod pod) {
    pods.remove(pod.object().uid());
  }

  Optional<Scripted> find(String uid) {
    return Optional.ofNullable(pods.get(uid));
  }
}

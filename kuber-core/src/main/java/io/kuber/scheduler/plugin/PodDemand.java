package io.kuber.scheduler.plugin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Toleration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pod asks of its node, read once.
 *
 * @param pod the pod itself
 * @param requests what it reserves
 * @param scored what it counts for in scores: a pod that asks for nothing still uses something
 * @param unsupported a rule of the pod that this scheduler does not know yet; empty for none
 */
public record PodDemand(
    KubeObject pod,
    Amounts requests,
    Amounts scored,
    List<HostPort> hostPorts,
    List<Toleration> tolerations,
    String unsupported) {
  /** Counted in scores for a container without requests (upstream: DefaultMilliCPURequest). */
  private static final long DEFAULT_MILLI_CPU = 100;

  /** Likewise (upstream: DefaultMemoryRequest). */
  private static final long DEFAULT_MEMORY = 200L << 20;

  /** Copies the lists. */
  public PodDemand {
    hostPorts = List.copyOf(hostPorts);
    tolerations = List.copyOf(tolerations);
  }

  /** The demand of a pod. */
  public static PodDemand of(KubeObject pod) {
    return new PodDemand(
        pod,
        requests(pod, false),
        requests(pod, true),
        hostPorts(pod),
        Toleration.of(pod),
        unsupported(pod));
  }

  /** Containers and sidecars together, or the largest moment of initialization if that is more. */
  private static Amounts requests(KubeObject pod, boolean atLeastDefaults) {
    Amounts running = Amounts.NONE;
    for (Tree container : pod.spec().items("containers").trees()) {
      running = running.plus(request(container, atLeastDefaults));
    }
    Amounts sidecars = Amounts.NONE;
    Amounts starting = Amounts.NONE;
    for (Tree container : pod.spec().items("initContainers").trees()) {
      Amounts own = request(container, atLeastDefaults);
      if (container.text("restartPolicy").equals("Always")) {
        sidecars = sidecars.plus(own);
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(sidecars.plus(own));
      }
    }
    return running.plus(sidecars).max(starting).plus(Amounts.of(pod.spec().tree("overhead")));
  }

  private static Amounts request(Tree container, boolean atLeastDefaults) {
    Amounts asked = Amounts.of(container.tree("resources", "requests"));
    if (!atLeastDefaults) {
      return asked;
    }
    return new Amounts(
        asked.milliCpu() == 0 ? DEFAULT_MILLI_CPU : asked.milliCpu(),
        asked.memory() == 0 ? DEFAULT_MEMORY : asked.memory(),
        asked.ephemeral(),
        asked.others());
  }

  private static List<HostPort> hostPorts(KubeObject pod) {
    List<HostPort> ports = new ArrayList<>();
    for (Tree container : pod.spec().items("containers").trees()) {
      for (Tree port : container.items("ports").trees()) {
        long number = port.number(0, "hostPort");
        if (number > 0) {
          String protocol = port.text("protocol");
          String ip = port.text("hostIP");
          ports.add(
              new HostPort(
                  protocol.isEmpty() ? "TCP" : protocol, ip.isEmpty() ? "0.0.0.0" : ip, number));
        }
      }
    }
    return ports;
  }

  private static String unsupported(KubeObject pod) {
    Tree affinity = pod.spec().tree("affinity");
    String required = "requiredDuringSchedulingIgnoredDuringExecution";
    if (!affinity.items("podAffinity", required).isEmpty()) {
      return "pod affinity";
    }
    if (!affinity.items("podAntiAffinity", required).isEmpty()) {
      return "pod anti-affinity";
    }
    boolean spreads =
        pod.spec().items("topologySpreadConstraints").trees().stream()
            .anyMatch(rule -> !rule.text("whenUnsatisfiable").equals("ScheduleAnyway"));
    return spreads ? "topology spread constraints" : "";
  }
}

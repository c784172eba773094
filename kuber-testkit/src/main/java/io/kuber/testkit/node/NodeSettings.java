package io.kuber.testkit.node;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A group of simulated nodes that are alike.
 *
 * <pre>{@code
 * NodeSettings.of(3).inZones("eu-1a", "eu-1b", "eu-1c");
 * NodeSettings.pool("gpu", 2).sized("32", "256Gi").offering("nvidia.com/gpu", "4")
 *     .labelled("tier", "gpu").tainted("dedicated=gpu:NoSchedule");
 * }</pre>
 *
 * @param count how many there are
 * @param prefix their names are the prefix, which ends with {@code -}, and a number from zero; any
 *     other prefix is the name of the only one
 * @param capacity how much there is of each resource, such as {@code cpu}
 * @param labels what they have besides those that every node has
 * @param taints as {@code kubectl taint} writes them: {@code key=value:Effect}
 * @param zones over which they are spread in turn; empty for nodes that are in none
 * @param startTime from seeing a pod until its containers run
 * @param stopTime from the wish to delete a pod until it is gone
 * @param behaviour what their pods do that is out of the ordinary
 */
public record NodeSettings(
    int count,
    String prefix,
    Map<String, String> capacity,
    Map<String, String> labels,
    List<String> taints,
    List<String> zones,
    Duration startTime,
    Duration stopTime,
    Behaviour behaviour) {
  /** More nodes than this do not get addresses of their own. */
  public static final int MAX_COUNT = 30_000;

  static final String ZONE = "topology.kubernetes.io/zone";
  static final String ARCH = "kubernetes.io/arch";
  static final String OS = "kubernetes.io/os";
  private static final String REGION = "topology.kubernetes.io/region";
  private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";

  private static final Map<String, String> CAPACITY =
      ImmutableMap.of("cpu", "8", "memory", "32Gi", "ephemeral-storage", "100Gi", "pods", "110");

  private static final Duration SOON = Duration.ofMillis(500);

  /** Checks count and taints. */
  public NodeSettings {
    if (count < 0 || count > MAX_COUNT) {
      throw new IllegalArgumentException(count + " nodes are not between 0 and " + MAX_COUNT);
    }
    if (count > 1 && !prefix.endsWith("-")) {
      throw new IllegalArgumentException(count + " nodes cannot all be named " + prefix);
    }
    capacity = ImmutableMap.copyOf(capacity);
    labels = ImmutableMap.copyOf(labels);
    taints = List.copyOf(taints);
    zones = List.copyOf(zones);
    taints.forEach(Taint::parse);
  }

  /** So many nodes of 8 CPUs, 32 GiB and 110 pods, which start and stop pods within a second. */
  public static NodeSettings of(int count) {
    return pool("node", count);
  }

  /** One node of exactly that name. */
  public static NodeSettings named(String name) {
    return new NodeSettings(
        1, name, CAPACITY, Map.of(), List.of(), List.of(), SOON, SOON, Behaviour.PLAIN);
  }

  /** The same with names such as {@code gpu-0}. */
  public static NodeSettings pool(String name, int count) {
    return new NodeSettings(
        count, name + "-", CAPACITY, Map.of(), List.of(), List.of(), SOON, SOON, Behaviour.PLAIN);
  }

  /** The same with so many CPUs, such as {@code 8}, and so much memory, such as {@code 32Gi}. */
  public NodeSettings sized(String cpu, String memory) {
    return offering("cpu", cpu).offering("memory", memory);
  }

  /** The same with so much of a resource, be it {@code pods} or {@code nvidia.com/gpu}. */
  public NodeSettings offering(String resource, String amount) {
    return new NodeSettings(
        count,
        prefix,
        plus(capacity, resource, amount),
        labels,
        taints,
        zones,
        startTime,
        stopTime,
        behaviour);
  }

  /** The same with a further label. */
  public NodeSettings labelled(String name, String value) {
    return new NodeSettings(
        count,
        prefix,
        capacity,
        plus(labels, name, value),
        taints,
        zones,
        startTime,
        stopTime,
        behaviour);
  }

  /** The same of a machine type, such as {@code m5.large}. */
  public NodeSettings ofType(String instanceType) {
    return labelled(INSTANCE_TYPE, instanceType);
  }

  /** The same with another processor, such as {@code arm64}; {@code amd64} unless it is said. */
  public NodeSettings onArch(String arch) {
    return labelled(ARCH, arch);
  }

  /** The same in a region. */
  public NodeSettings inRegion(String region) {
    return labelled(REGION, region);
  }

  /** The same spread over these zones, in turn. */
  public NodeSettings inZones(String... names) {
    return new NodeSettings(
        count, prefix, capacity, labels, taints, List.of(names), startTime, stopTime, behaviour);
  }

  /** The same with a further taint, such as {@code dedicated=gpu:NoSchedule}. */
  public NodeSettings tainted(String taint) {
    return new NodeSettings(
        count,
        prefix,
        capacity,
        labels,
        Stream.concat(taints.stream(), Stream.of(taint)).toList(),
        zones,
        startTime,
        stopTime,
        behaviour);
  }

  /** The same with nodes that take so long to start a pod, and to stop it. */
  public NodeSettings taking(Duration start, Duration stop) {
    return new NodeSettings(count, prefix, capacity, labels, taints, zones, start, stop, behaviour);
  }

  /** The same with pods that behave otherwise. */
  public NodeSettings with(Behaviour other) {
    return new NodeSettings(
        count, prefix, capacity, labels, taints, zones, startTime, stopTime, other);
  }

  /** The name of the node with that number. */
  public String name(int number) {
    return prefix.endsWith("-") ? prefix + number : prefix;
  }

  /** The names of all of them. */
  public List<String> names() {
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(name(i));
    }
    return names;
  }

  /** All labels of the node with that number. */
  Map<String, String> labelsOf(int number) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("kubernetes.io/hostname", name(number));
    all.put(OS, "linux");
    all.put(ARCH, "amd64");
    if (!zones.isEmpty()) {
      all.put(ZONE, zones.get(number % zones.size()));
    }
    all.putAll(labels);
    all.put("beta.kubernetes.io/os", String.valueOf(all.get(OS)));
    all.put("beta.kubernetes.io/arch", String.valueOf(all.get(ARCH)));
    return ImmutableMap.copyOf(all);
  }

  private static Map<String, String> plus(Map<String, String> map, String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(map);
    all.put(name, value);
    return all;
  }
}

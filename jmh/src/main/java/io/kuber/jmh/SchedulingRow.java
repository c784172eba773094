package io.kuber.jmh;

import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A row of the table: which pods are there before, and which are measured. The pods are those of
 * kube-scheduler's own benchmark (test/integration/scheduler_perf).
 *
 * @param before pods that are placed first
 * @param measured pods that are counted
 * @param setup what else is there
 */
record SchedulingRow(String name, int nodes, Pods before, Pods measured, List<Objects> setup) {
  private static final int NODES = 5000;

  /** So many pods; {@code yaml} gives the one of a number. */
  record Pods(int count, IntFunction<String> yaml) {}

  /** So many other objects of a type. */
  record Objects(ResourceType type, int count, String yaml) {}

  SchedulingRow {
    setup = List.copyOf(setup);
  }

  /** Labels and parts of the spec of a pod, in YAML's flow style. */
  private static IntFunction<String> pod(String name, String labels, String spec) {
    String yaml =
        """
        metadata: {name: %s-%%d, namespace: default, labels: {%s}}
        spec:
          containers:
          - name: pause
            image: registry.k8s.io/pause:3.10
            resources: {requests: {cpu: 100m, memory: 500Mi}}
        %s
        """
            .formatted(name, labels, spec.indent(2));
    return number -> yaml;
  }

  private static String affinity(String kind, String color, String key) {
    return """
        affinity: {%s: {requiredDuringSchedulingIgnoredDuringExecution: [
          {labelSelector: {matchLabels: {color: %s}}, topologyKey: %s}]}}
        """
        .formatted(kind, color, key);
  }

  private static String preferred(String kind, String color) {
    return """
        affinity: {%s: {preferredDuringSchedulingIgnoredDuringExecution: [
          {weight: 1, podAffinityTerm: {labelSelector: {matchLabels: {color: %s}},
            topologyKey: kubernetes.io/hostname}}]}}
        """
        .formatted(kind, color);
  }

  private static String spread(String when) {
    return """
        topologySpreadConstraints: [{maxSkew: 5, topologyKey: topology.kubernetes.io/zone,
          whenUnsatisfiable: %s, labelSelector: {matchLabels: {color: blue}}}]
        """
        .formatted(when);
  }

  /** Rows that are not shown: compilers have done most of their work afterwards. */
  static List<SchedulingRow> warmUp() {
    return List.of(of("plain", 1000, 4000, "", ""), mixedBefore(1000, 2000));
  }

  private static SchedulingRow mixedBefore(int before, int measured) {
    return new SchedulingRow(
        "mixed",
        NODES,
        new Pods(before, SchedulingRow::mixed),
        new Pods(measured, pod("measured", "", "")),
        List.of());
  }

  private static SchedulingRow of(
      String name, int before, int measured, String labels, String spec, Objects... setup) {
    return new SchedulingRow(
        name,
        NODES,
        new Pods(before, pod("before", labels, spec)),
        new Pods(measured, pod("measured", labels, spec)),
        List.of(setup));
  }

  /** All rows, in the order of the table. */
  static List<SchedulingRow> all() {
    String host = "kubernetes.io/hostname";
    String zone = "topology.kubernetes.io/zone";
    return List.of(
        of("plain", 1000, 10_000, "", ""),
        of(
            "node affinity",
            5000,
            5000,
            "",
            """
            affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{matchExpressions: [
                {key: topology.kubernetes.io/zone, operator: In, values: [zone-0, zone-1]}]}]}}}
            """),
        of("pod affinity", 5000, 5000, "color: blue", affinity("podAffinity", "blue", zone)),
        of("preferred pod affinity", 5000, 5000, "color: red", preferred("podAffinity", "red")),
        of(
            "pod anti-affinity",
            1000,
            2000,
            "color: green",
            affinity("podAntiAffinity", "green", host)),
        of(
            "preferred pod anti-affinity",
            5000,
            5000,
            "color: yellow",
            preferred("podAntiAffinity", "yellow")),
        of(
            "pod anti-affinity with namespace selector",
            1000,
            2000,
            "color: green",
            """
            affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
              {labelSelector: {matchLabels: {color: green}}, topologyKey: kubernetes.io/hostname,
               namespaceSelector: {matchLabels: {team: devops}}}]}}
            """,
            new Objects(
                Resources.NAMESPACES, 100, "metadata: {name: team-%d, labels: {team: devops}}")),
        of("topology spread, hard", 1000, 5000, "color: blue", spread("DoNotSchedule")),
        of("topology spread, soft", 1000, 5000, "color: blue", spread("ScheduleAnyway")),
        of(
            "topology spread, default",
            1000,
            5000,
            "app: web",
            "",
            new Objects(
                Resources.SERVICES,
                1,
                """
                metadata: {name: web, namespace: default}
                spec: {selector: {app: web}, ports: [{port: 80}]}
                """)),
        mixedBefore(5000, 5000),
        new SchedulingRow(
            "volumes",
            NODES,
            new Pods(1000, n -> mounting("before")),
            new Pods(5000, n -> mounting("measured")),
            List.of(
                new Objects(Resources.PERSISTENT_VOLUMES, 1000, volume("before")),
                new Objects(Resources.PERSISTENT_VOLUMES, 5000, volume("measured")),
                new Objects(Resources.PERSISTENT_VOLUME_CLAIMS, 1000, claim("before")),
                new Objects(Resources.PERSISTENT_VOLUME_CLAIMS, 5000, claim("measured")),
                new Objects(
                    Resources.CSI_NODES,
                    NODES,
                    """
                    metadata: {name: node-%d}
                    spec: {drivers: [{name: csi.example.com, nodeID: id, allocatable: {count: 39}}]}
                    """))),
        new SchedulingRow(
            "preemption",
            NODES,
            new Pods(20_000, n -> sized("before", "low", "900m")),
            new Pods(5000, n -> sized("measured", "high", "3")),
            List.of(
                new Objects(Resources.PRIORITY_CLASSES, 1, "{metadata: {name: low}, value: 10}"),
                new Objects(
                    Resources.PRIORITY_CLASSES, 1, "{metadata: {name: high}, value: 1000}"))));
  }

  private static String mixed(int number) {
    return switch (number % 5) {
      case 0 ->
          pod("a", "color: blue", affinity("podAffinity", "blue", "topology.kubernetes.io/zone"))
              .apply(number);
      case 1 ->
          pod("b", "color: green", affinity("podAntiAffinity", "green", "kubernetes.io/hostname"))
              .apply(number);
      case 2 -> pod("c", "color: red", preferred("podAffinity", "red")).apply(number);
      case 3 -> pod("d", "color: yellow", preferred("podAntiAffinity", "yellow")).apply(number);
      default -> pod("e", "", "").apply(number);
    };
  }

  private static String mounting(String name) {
    return pod(
            name,
            "",
            "volumes: [{name: data, persistentVolumeClaim: {claimName: %s-%%d}}]".formatted(name))
        .apply(0);
  }

  private static String volume(String name) {
    return """
        metadata: {name: %1$s-%%d}
        spec:
          accessModes: [ReadOnlyMany]
          capacity: {storage: 1Gi}
          csi: {driver: csi.example.com, volumeHandle: %1$s-%%d}
          claimRef: {namespace: default, name: %1$s-%%d}
        """
        .formatted(name);
  }

  private static String claim(String name) {
    return """
        metadata:
          name: %1$s-%%d
          namespace: default
          annotations: {pv.kubernetes.io/bind-completed: 'true'}
        spec:
          accessModes: [ReadOnlyMany]
          volumeName: %1$s-%%d
          storageClassName: ''
          resources: {requests: {storage: 1Gi}}
        """
        .formatted(name);
  }

  private static String sized(String name, String priority, String cpu) {
    return """
        metadata: {name: %s-%%d, namespace: default}
        spec:
          priorityClassName: %s
          terminationGracePeriodSeconds: 0
          containers:
          - name: pause
            image: registry.k8s.io/pause:3.10
            resources: {requests: {cpu: %s, memory: 500Mi}}
        """
        .formatted(name, priority, cpu);
  }
}

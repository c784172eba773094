package io.kuber.node;

import com.google.common.math.LongMath;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pod may learn of itself (core/v1 ObjectFieldSelector and ResourceFieldSelector).
 *
 * @param allocatable what the node offers, where a container sets no limit: {@code cpu}, {@code
 *     memory}
 */
record DownwardApi(KubeObject pod, String podIp, String hostIp, Map<String, String> allocatable) {
  DownwardApi {
    allocatable = Map.copyOf(allocatable);
  }

  String field(String path) {
    return switch (path) {
      case "metadata.name" -> pod.name();
      case "metadata.namespace" -> pod.namespace();
      case "metadata.uid" -> pod.uid();
      case "metadata.labels" -> lines(pod.labels());
      case "metadata.annotations" -> lines(pod.annotations());
      case "spec.nodeName" -> pod.spec().text("nodeName");
      case "spec.serviceAccountName" -> pod.spec().text("serviceAccountName");
      case "status.podIP", "status.podIPs" -> podIp;
      case "status.hostIP", "status.hostIPs" -> hostIp;
      default -> keyed(path);
    };
  }

  /** {@code metadata.labels['key']} and {@code metadata.annotations['key']}. */
  private String keyed(String path) {
    int quote = path.indexOf("['");
    if (quote > 0 && path.endsWith("']")) {
      String key = path.substring(quote + 2, path.length() - 2);
      String of = path.substring(0, quote);
      if (of.equals("metadata.labels")) {
        return pod.labels().getOrDefault(key, "");
      }
      if (of.equals("metadata.annotations")) {
        return pod.annotations().getOrDefault(key, "");
      }
    }
    throw new ContainerConfigException("fieldRef: unsupported fieldPath: " + path);
  }

  /** The container of that name that runs before the others or with them. */
  Optional<Tree> container(String name) {
    return Stream.of("containers", "initContainers")
        .flatMap(field -> pod.spec().items(field).trees().stream())
        .filter(container -> container.text("name").equals(name))
        .findFirst();
  }

  String resource(Tree container, Tree reference) {
    String name = reference.text("resource");
    int dot = name.indexOf('.');
    if (dot < 0) {
      throw new ContainerConfigException("resourceFieldRef: unsupported resource: " + name);
    }
    String kind = name.substring(dot + 1);
    String value = container.tree("resources").text(name.substring(0, dot), kind);
    if (value.isEmpty()) {
      value = name.startsWith("limits.") ? allocatable.getOrDefault(kind, "0") : "0";
    }
    String divisor = reference.text("divisor");
    long unit = divisor.isEmpty() || divisor.equals("0") ? 1000 : millis(divisor);
    return Long.toString(LongMath.divide(millis(value), unit, RoundingMode.CEILING));
  }

  private static long millis(String quantity) {
    return Quantity.parse(quantity).milliValue();
  }

  private static String lines(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> entry.getKey() + "=\"" + escaped(entry.getValue()) + "\"")
        .collect(Collectors.joining("\n"));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}

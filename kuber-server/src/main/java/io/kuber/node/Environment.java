package io.kuber.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a container: services of its namespace, then {@code envFrom}, then {@code
 * env}, later ones winning (core/v1 EnvVar).
 */
final class Environment {
  private final KubeObject pod;
  private final DownwardApi downward;
  private final ClusterObjects objects;
  private final Files files;
  private final Map<String, String> variables = new LinkedHashMap<>();

  /** What containers have left in the pod's volumes. */
  @FunctionalInterface
  interface Files {
    /** The text of a file, by its volume and path; empty where there is none. */
    Optional<String> find(String volume, String path);
  }

  private Environment(KubeObject pod, DownwardApi downward, ClusterObjects objects, Files files) {
    this.pod = pod;
    this.downward = downward;
    this.objects = objects;
    this.files = files;
  }

  static Map<String, String> of(
      Tree container, KubeObject pod, DownwardApi downward, ClusterObjects objects, Files files) {
    Environment environment = new Environment(pod, downward, objects, files);
    environment.addServices();
    container.items("envFrom").trees().forEach(environment::addAll);
    container.items("env").trees().forEach(variable -> environment.add(container, variable));
    return environment.variables;
  }

  private void addServices() {
    objects.find(Resources.SERVICES, "default", "kubernetes").ifPresent(this::addService);
    boolean wanted = !Boolean.FALSE.equals(pod.spec().get("enableServiceLinks"));
    if (wanted) {
      objects.list(Resources.SERVICES, pod.namespace()).forEach(this::addService);
    }
  }

  /** The variables of Docker's links, which the books print (kubelet, pkg/kubelet/envvars). */
  private void addService(KubeObject service) {
    String ip = service.spec().text("clusterIP");
    List<Tree> ports = service.spec().items("ports").trees();
    if (ip.isEmpty() || ip.equals("None") || ports.isEmpty()) {
      return;
    }
    String prefix = service.name().toUpperCase(Locale.ROOT).replace('-', '_');
    variables.put(prefix + "_SERVICE_HOST", ip);
    variables.put(prefix + "_SERVICE_PORT", port(ports.get(0)));
    for (Tree port : ports) {
      if (!port.text("name").isEmpty()) {
        String name = port.text("name").toUpperCase(Locale.ROOT).replace('-', '_');
        variables.put(prefix + "_SERVICE_PORT_" + name, port(port));
      }
    }
    variables.put(prefix + "_PORT", address(ip, ports.get(0)));
    ports.forEach(port -> addLink(prefix, ip, port));
  }

  private void addLink(String prefix, String ip, Tree port) {
    String protocol = port.text("protocol");
    String link = prefix + "_PORT_" + port(port) + "_" + protocol;
    variables.put(link, address(ip, port));
    variables.put(link + "_PROTO", protocol.toLowerCase(Locale.ROOT));
    variables.put(link + "_PORT", port(port));
    variables.put(link + "_ADDR", ip);
  }

  private static String address(String ip, Tree port) {
    return port.text("protocol").toLowerCase(Locale.ROOT) + "://" + ip + ":" + port(port);
  }

  private static String port(Tree port) {
    return Long.toString(port.number(0, "port"));
  }

  private void addAll(Tree source) {
    String prefix = source.text("prefix");
    source.forEach(
        (kind, reference) -> {
          if (reference instanceof Tree tree) {
            dataOf(kind, tree).forEach((key, value) -> variables.put(prefix + key, value));
          }
        });
  }

  private Map<String, String> dataOf(String kind, Tree reference) {
    return switch (kind) {
      case "configMapRef" -> data(Resources.CONFIG_MAPS, "configmap", reference);
      case "secretRef" -> data(Resources.SECRETS, "secret", reference);
      default -> throw new ContainerConfigException("envFrom: unknown source " + kind);
    };
  }

  private Map<String, String> data(ResourceType type, String noun, Tree reference) {
    String name = reference.text("name");
    Optional<KubeObject> object = objects.find(type, pod.namespace(), name);
    if (object.isEmpty()) {
      if (reference.isTrue("optional")) {
        return Map.of();
      }
      throw new ContainerConfigException(noun + " \"" + name + "\" not found");
    }
    Map<String, String> data = object.get().tree().tree("data").texts();
    if (type.equals(Resources.SECRETS)) {
      data.replaceAll((key, value) -> decoded(value));
    }
    return data;
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private void add(Tree container, Tree variable) {
    String name = variable.text("name");
    if (variable.get("valueFrom") instanceof Tree source) {
      valueFrom(container, source).ifPresent(value -> variables.put(name, value));
    } else {
      variables.put(name, Expansion.expand(variable.text("value"), variables));
    }
  }

  private Optional<String> valueFrom(Tree container, Tree source) {
    if (source.get("fieldRef") instanceof Tree field) {
      return Optional.of(downward.field(field.text("fieldPath")));
    }
    if (source.get("resourceFieldRef") instanceof Tree resource) {
      return Optional.of(downward.resource(counted(container, resource), resource));
    }
    if (source.get("configMapKeyRef") instanceof Tree key) {
      return entry(Resources.CONFIG_MAPS, "configmap", key);
    }
    if (source.get("secretKeyRef") instanceof Tree key) {
      return entry(Resources.SECRETS, "secret", key);
    }
    if (source.get("fileKeyRef") instanceof Tree key) {
      return fromFile(key);
    }
    throw new ContainerConfigException("env: valueFrom has no source that is known");
  }

  private Optional<String> fromFile(Tree reference) {
    String key = reference.text("key");
    String path = reference.text("path");
    Optional<String> value =
        files
            .find(reference.text("volumeName"), path)
            .flatMap(text -> VariableFile.value(text, key));
    if (value.isEmpty() && !reference.isTrue("optional")) {
      throw new ContainerConfigException(
          "environment variable key \"%s\" not found in file \"%s\"".formatted(key, path));
    }
    return value;
  }

  /** The container whose resources count: the one that is named, or else its own. */
  private Tree counted(Tree container, Tree resource) {
    String other = resource.text("containerName");
    return other.isEmpty()
        ? container
        : downward
            .container(other)
            .orElseThrow(() -> new ContainerConfigException("container " + other + " not found"));
  }

  private Optional<String> entry(ResourceType type, String noun, Tree reference) {
    String key = reference.text("key");
    Optional<String> value = Optional.ofNullable(data(type, noun, reference).get(key));
    if (value.isEmpty() && !reference.isTrue("optional")) {
      throw new ContainerConfigException(
          "couldn't find key %s in %s %s/%s"
              .formatted(key, type.kind(), pod.namespace(), reference.text("name")));
    }
    return value;
  }
}

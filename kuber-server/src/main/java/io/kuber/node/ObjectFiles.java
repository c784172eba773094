package io.kuber.node;

import io.kuber.api.ApiException;
import io.kuber.node.volume.VolumeException;
import io.kuber.node.volume.VolumeFiles;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Files made of ConfigMaps, Secrets, and of what a pod may learn of itself. */
final class ObjectFiles implements VolumeFiles {
  private static final long DEFAULT_TOKEN_SECONDS = 3600;

  private final KubeObject pod;
  private final Supplier<DownwardApi> downward;
  private final ClusterObjects objects;

  ObjectFiles(KubeObject pod, Supplier<DownwardApi> downward, ClusterObjects objects) {
    this.pod = pod;
    this.downward = downward;
    this.objects = objects;
  }

  @Override
  public Map<String, byte[]> files(String kind, Tree source) {
    return switch (kind) {
      case "configMap" -> selected(source, configMap(source));
      case "secret" -> selected(source, secret(source));
      case "downwardAPI" -> own(source);
      case "serviceAccountToken" -> Map.of(source.text("path"), token(source));
      case "clusterTrustBundle" ->
          throw new VolumeException("projected volumes of " + kind + " are not supported yet");
      default -> throw new VolumeException("projected: unknown source " + kind);
    };
  }

  /** A token of the pod's service account, bound to the pod (authentication/v1 TokenRequest). */
  private byte[] token(Tree source) {
    String account = pod.spec().text("serviceAccountName");
    Tree.Builder spec =
        Tree.builder()
            .put("expirationSeconds", source.number(DEFAULT_TOKEN_SECONDS, "expirationSeconds"))
            .put(
                "boundObjectRef",
                Tree.of("apiVersion", "v1", "kind", "Pod", "name", pod.name(), "uid", pod.uid()));
    if (!source.text("audience").isEmpty()) {
      spec.put("audiences", Items.of(source.text("audience")));
    }
    try {
      return objects
          .token(pod.namespace(), account.isEmpty() ? "default" : account, spec.build())
          .getBytes(StandardCharsets.UTF_8);
    } catch (ApiException e) {
      throw new VolumeException("failed to fetch token: " + e.getMessage());
    }
  }

  private Map<String, byte[]> configMap(Tree source) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    find(Resources.CONFIG_MAPS, "configmap", source.text("name"), source)
        .ifPresent(
            map -> {
              map.tree()
                  .tree("data")
                  .texts()
                  .forEach((key, text) -> files.put(key, text.getBytes(StandardCharsets.UTF_8)));
              addDecoded(map.tree().tree("binaryData"), files);
            });
    return files;
  }

  private Map<String, byte[]> secret(Tree source) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String name = source.text("secretName");
    find(Resources.SECRETS, "secret", name.isEmpty() ? source.text("name") : name, source)
        .ifPresent(secret -> addDecoded(secret.tree().tree("data"), files));
    return files;
  }

  private static void addDecoded(Tree data, Map<String, byte[]> files) {
    data.texts().forEach((key, base64) -> files.put(key, Base64.getDecoder().decode(base64)));
  }

  private Optional<KubeObject> find(ResourceType type, String noun, String name, Tree source) {
    Optional<KubeObject> object = objects.find(type, pod.namespace(), name);
    if (object.isEmpty() && !source.isTrue("optional")) {
      throw new VolumeException(noun + " \"" + name + "\" not found");
    }
    return object;
  }

  /** Only the keys under {@code items}, at their paths, where there are any. */
  private static Map<String, byte[]> selected(Tree source, Map<String, byte[]> all) {
    List<Tree> items = source.items("items").trees();
    if (items.isEmpty()) {
      return all;
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Tree item : items) {
      byte[] content = all.get(item.text("key"));
      if (content != null) {
        files.put(item.text("path"), content);
      } else if (!source.isTrue("optional")) {
        throw new VolumeException("references non-existent key: " + item.text("key"));
      }
    }
    return files;
  }

  private Map<String, byte[]> own(Tree source) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Tree item : source.items("items").trees()) {
      String value =
          item.get("fieldRef") instanceof Tree field
              ? downward.get().field(field.text("fieldPath"))
              : downward.get().resource(container(item), item.tree("resourceFieldRef"));
      files.put(item.text("path"), value.getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  private Tree container(Tree item) {
    String name = item.text("resourceFieldRef", "containerName");
    return pod.spec().items("containers").trees().stream()
        .filter(container -> container.text("name").equals(name))
        .findFirst()
        .orElseThrow(
            () -> new VolumeException("resourceFieldRef: no container named \"" + name + "\""));
  }
}

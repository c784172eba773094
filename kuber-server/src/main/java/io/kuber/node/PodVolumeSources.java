package io.kuber.node;

import io.kuber.node.volume.VolumeException;
import io.kuber.node.volume.VolumeSources;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.view.NodeRequirements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells a pod's volumes what the cluster and the node know.
 *
 * @param pod as it was last heard of
 */
record PodVolumeSources(PodMachinery machinery, Supplier<KubeObject> pod, PodTokens tokens)
    implements VolumeSources {
  @Override
  public Optional<KubeObject> find(ResourceType type, String namespace, String name) {
    return machinery.objects().current(type, namespace, name);
  }

  @Override
  public String own(Tree item) {
    KubeObject now = pod.get();
    NodeConfig config = machinery.config();
    DownwardApi downward =
        new DownwardApi(now, now.status().text("podIP"), config.hostIp(), config.allocatable());
    return item.get("fieldRef") instanceof Tree field
        ? downward.field(field.text("fieldPath"))
        : downward.resource(container(downward, item), item.tree("resourceFieldRef"));
  }

  private static Tree container(DownwardApi downward, Tree item) {
    String name = item.text("resourceFieldRef", "containerName");
    return downward
        .container(name)
        .orElseThrow(
            () -> new VolumeException("resourceFieldRef: no container named \"" + name + "\""));
  }

  @Override
  public String token(String audience, long expirationSeconds) {
    return tokens.token(audience, expirationSeconds);
  }

  @Override
  public List<Path> image(String reference) {
    return machinery.images().find(reference).layers();
  }

  @Override
  public Path kept(String volume) throws IOException {
    return machinery.volumes().keep(volume, pod.get().uid());
  }

  @Override
  public boolean isSelected(Tree nodeSelector) {
    Tree insisting =
        Tree.EMPTY.withAt(
            nodeSelector,
            "affinity",
            "nodeAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution");
    return machinery
        .objects()
        .find(Resources.NODES, "", machinery.config().name())
        .filter(node -> NodeRequirements.allow(insisting, node))
        .isPresent();
  }
}

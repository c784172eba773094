package io.kuber.access.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The objects that a pod or a volume refers to by their names. Pure. */
public final class References {
  private static final List<String> CONTAINERS =
      List.of("containers", "initContainers", "ephemeralContainers");

  /** The volume sources that name a secret, and the field with which they do. */
  private static final List<List<String>> SECRETS_OF_VOLUMES =
      List.of(
          List.of("azureFile", "secretName"),
          List.of("cephfs", "secretRef", "name"),
          List.of("cinder", "secretRef", "name"),
          List.of("flexVolume", "secretRef", "name"),
          List.of("rbd", "secretRef", "name"),
          List.of("secret", "secretName"),
          List.of("scaleIO", "secretRef", "name"),
          List.of("iscsi", "secretRef", "name"),
          List.of("storageos", "secretRef", "name"),
          List.of("csi", "nodePublishSecretRef", "name"));

  /** The references of persistent volumes, which say in which namespace the secret is. */
  private static final List<List<String>> SECRETS_OF_PERSISTENT_VOLUMES =
      List.of(
          List.of("azureFile"),
          List.of("cephfs", "secretRef"),
          List.of("cinder", "secretRef"),
          List.of("flexVolume", "secretRef"),
          List.of("rbd", "secretRef"),
          List.of("scaleIO", "secretRef"),
          List.of("iscsi", "secretRef"),
          List.of("storageos", "secretRef"),
          List.of("csi", "nodePublishSecretRef"),
          List.of("csi", "nodeStageSecretRef"),
          List.of("csi", "nodeExpandSecretRef"));

  private final String namespace;
  private final Set<Key> found = new HashSet<>();

  private References(String namespace) {
    this.namespace = namespace;
  }

  /** What a pod needs on its node, the pod itself among it. */
  public static Set<Key> ofPod(KubeObject pod) {
    References references = new References(pod.namespace());
    Tree spec = pod.spec();
    references.add(Resources.PODS, pod.name());
    references.add(Resources.SERVICE_ACCOUNTS, spec.text("serviceAccountName"));
    spec.items("imagePullSecrets")
        .trees()
        .forEach(secret -> references.add(Resources.SECRETS, secret.text("name")));
    for (String list : CONTAINERS) {
      spec.items(list).trees().forEach(references::container);
    }
    spec.items("volumes").trees().forEach(volume -> references.volume(pod, volume));
    pod.status()
        .items("resourceClaimStatuses")
        .trees()
        .forEach(
            claim -> references.add(Resources.RESOURCE_CLAIMS, claim.text("resourceClaimName")));
    spec.items("resourceClaims")
        .trees()
        .forEach(
            claim -> references.add(Resources.RESOURCE_CLAIMS, claim.text("resourceClaimName")));
    return references.found;
  }

  private void add(ResourceType type, String name) {
    if (!name.isEmpty()) {
      found.add(type.key(namespace, name));
    }
  }

  private void container(Tree container) {
    for (Tree from : container.items("envFrom").trees()) {
      add(Resources.SECRETS, from.text("secretRef", "name"));
      add(Resources.CONFIG_MAPS, from.text("configMapRef", "name"));
    }
    for (Tree variable : container.items("env").trees()) {
      add(Resources.SECRETS, variable.text("valueFrom", "secretKeyRef", "name"));
      add(Resources.CONFIG_MAPS, variable.text("valueFrom", "configMapKeyRef", "name"));
    }
  }

  private void volume(KubeObject pod, Tree volume) {
    for (List<String> path : SECRETS_OF_VOLUMES) {
      add(Resources.SECRETS, volume.text(path.toArray(String[]::new)));
    }
    add(Resources.CONFIG_MAPS, volume.text("configMap", "name"));
    add(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        volume.has("ephemeral")
            ? pod.name() + "-" + volume.text("name")
            : volume.text("persistentVolumeClaim", "claimName"));
    for (Tree source : volume.items("projected", "sources").trees()) {
      add(Resources.SECRETS, source.text("secret", "name"));
      add(Resources.CONFIG_MAPS, source.text("configMap", "name"));
    }
  }

  /** The secrets that a node needs to mount a persistent volume. */
  static Set<Key> ofPersistentVolume(KubeObject volume) {
    References references = new References(volume.spec().text("claimRef", "namespace"));
    for (List<String> path : SECRETS_OF_PERSISTENT_VOLUMES) {
      references.secret(volume.spec().tree(path.toArray(String[]::new)));
    }
    return references.found;
  }

  private void secret(Tree reference) {
    String name = reference.text("name") + reference.text("secretName");
    String own = reference.text("namespace") + reference.text("secretNamespace");
    if (!name.isEmpty()) {
      found.add(Resources.SECRETS.key(own.isEmpty() ? namespace : own, name));
    }
  }
}

package io.kuber.resource.pod;

import io.kuber.object.Tree;
import java.util.Map;

/** The fields of a volume that are set when the user leaves them out. */
public final class VolumeDefaults {
  /** 0644, as JSON has it. */
  private static final long MODE = 420;

  private static final long TOKEN_LIFETIME = 3600;

  private static final Map<String, Tree> OF_DISKS =
      Map.of(
          "hostPath", Tree.of("type", ""),
          "iscsi", Tree.of("iscsiInterface", "default"),
          "rbd", Tree.of("pool", "rbd", "user", "admin", "keyring", "/etc/ceph/keyring"),
          "azureDisk",
              Tree.of(
                  "cachingMode",
                  "ReadWrite",
                  "fsType",
                  "ext4",
                  "readOnly",
                  false,
                  "kind",
                  "Shared"),
          "scaleIO", Tree.of("storageMode", "ThinProvisioned", "fsType", "xfs"));

  private VolumeDefaults() {}

  static Tree of(Tree volume) {
    if (volume.size() <= 1 && volume.has("name")) {
      return volume.with("emptyDir", Tree.EMPTY);
    }
    Tree complete = ofSources(volume);
    for (String source : new String[] {"secret", "configMap", "downwardAPI", "projected"}) {
      complete = complete.withChild(source, s -> s.withDefault("defaultMode", MODE));
    }
    complete = complete.withChild("downwardAPI", VolumeDefaults::downward);
    complete = complete.withChild("projected", p -> p.withEach("sources", VolumeDefaults::source));
    complete =
        complete.withChild(
            "image",
            i -> i.withDefault("pullPolicy", ContainerDefaults.pullPolicy(i.text("reference"))));
    return complete.withChild(
        "ephemeral",
        e ->
            e.withChild(
                "volumeClaimTemplate",
                t -> t.withChild("spec", s -> s.withDefault("volumeMode", "Filesystem"))));
  }

  /** What persistent volumes and volumes of pods have in common. */
  public static Tree ofSources(Tree volume) {
    Tree complete = volume;
    for (Map.Entry<String, Tree> disk : OF_DISKS.entrySet()) {
      complete = complete.withChild(disk.getKey(), source -> filled(source, disk.getValue()));
    }
    return complete;
  }

  private static Tree filled(Tree source, Tree defaults) {
    Tree complete = source;
    for (int i = 0; i < defaults.size(); i++) {
      complete = complete.withDefault(defaults.nameAt(i), defaults.valueAt(i));
    }
    return complete;
  }

  private static Tree source(Tree source) {
    Tree complete = source.withChild("downwardAPI", VolumeDefaults::downward);
    return complete.withChild(
        "serviceAccountToken", t -> t.withDefault("expirationSeconds", TOKEN_LIFETIME));
  }

  private static Tree downward(Tree downward) {
    return downward.withEach(
        "items",
        item -> item.withChild("fieldRef", field -> field.withDefault("apiVersion", "v1")));
  }
}

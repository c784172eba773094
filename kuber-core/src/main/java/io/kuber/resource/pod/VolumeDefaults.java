package io.kuber.resource.pod;

import static io.kuber.resource.pod.Each.or;

import io.kuber.object.Tree;

/** The fields of a volume that are set when the user leaves them out. */
final class VolumeDefaults {
  /** 0644, as JSON has it. */
  private static final long MODE = 420;

  private static final long TOKEN_LIFETIME = 3600;

  private VolumeDefaults() {}

  static Tree of(Tree volume) {
    if (volume.size() <= 1 && volume.has("name")) {
      return volume.with("emptyDir", Tree.EMPTY);
    }
    Tree complete = volume;
    for (String source : new String[] {"secret", "configMap", "downwardAPI", "projected"}) {
      complete = Each.child(complete, source, s -> or(s, "defaultMode", MODE));
    }
    complete = Each.child(complete, "downwardAPI", VolumeDefaults::downward);
    complete =
        Each.child(complete, "projected", p -> Each.item(p, "sources", VolumeDefaults::source));
    return Each.child(complete, "hostPath", h -> h.has("type") ? h : h.with("type", ""));
  }

  private static Tree source(Tree source) {
    Tree complete = Each.child(source, "downwardAPI", VolumeDefaults::downward);
    return Each.child(
        complete, "serviceAccountToken", t -> or(t, "expirationSeconds", TOKEN_LIFETIME));
  }

  private static Tree downward(Tree downward) {
    return Each.item(
        downward,
        "items",
        item -> Each.child(item, "fieldRef", field -> or(field, "apiVersion", "v1")));
  }
}

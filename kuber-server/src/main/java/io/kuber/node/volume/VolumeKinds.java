package io.kuber.node.volume;

import io.kuber.object.Tree;
import java.util.List;
import java.util.Optional;

/** The kinds of volumes that this node makes. */
final class VolumeKinds {
  private static final VolumeKind EMPTY = new EmptyDirectory();

  /** What a pod can declare. */
  static final List<VolumeKind> OF_PODS =
      List.of(
          EMPTY,
          new HostPath(),
          FileVolume.onDisk(new ConfigMapFiles("name")),
          FileVolume.inMemory(new SecretFiles("secretName")),
          FileVolume.inMemory(new DownwardFiles()),
          FileVolume.inMemory(new ProjectedFiles()),
          new NetworkFileSystem(),
          new ImageVolume(),
          new Claim(),
          new EphemeralClaim());

  /** What a persistent volume can be. */
  static final List<VolumeKind> OF_PERSISTENT_VOLUMES =
      List.of(new HostPath(), new LocalDirectory(), new NetworkFileSystem(), new KeptVolume());

  private VolumeKinds() {}

  /** The kind of a pod's volume; one that declares nothing is an empty directory (core/v1). */
  static VolumeKind ofPod(Tree volume) {
    return find(OF_PODS, volume).orElse(EMPTY);
  }

  /** The kind of a persistent volume. */
  static VolumeKind ofPersistentVolume(Tree sources) {
    return find(OF_PERSISTENT_VOLUMES, sources)
        .orElseThrow(() -> new VolumeException("the persistent volume has no source"));
  }

  private static Optional<VolumeKind> find(List<VolumeKind> kinds, Tree declared) {
    Optional<VolumeKind> known =
        kinds.stream().filter(kind -> declared.get(kind.field()) instanceof Tree).findFirst();
    if (known.isEmpty()) {
      for (int i = 0; i < declared.size(); i++) {
        if (declared.valueAt(i) instanceof Tree) {
          throw new VolumeException(
              "no volume plugin matched: this node has none for " + declared.nameAt(i));
        }
      }
    }
    return known;
  }
}

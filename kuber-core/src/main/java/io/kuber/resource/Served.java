package io.kuber.resource;

import io.kuber.object.KubeObject;
import java.util.List;

/**
 * A kind in the version in which a client asks for it.
 *
 * @param kind what is stored
 * @param version what the client sees of it
 */
public record Served(Kind kind, Version version) {
  /** The names that the client uses. */
  public ResourceType type() {
    return version.type();
  }

  /** Whether clients of this version see objects as they are stored. */
  public boolean isStoredVersion() {
    return version.equals(kind.stored());
  }

  /** What a client sends, as it is stored. */
  public KubeObject toStored(KubeObject sent) {
    return isStoredVersion() ? sent : typed(version.conversion().toStored(sent), kind.type());
  }

  /** What is stored, as a client sees it. */
  public KubeObject fromStored(KubeObject stored) {
    KubeObject current = kind.current(stored);
    return isStoredVersion()
        ? current
        : typed(version.conversion().fromStored(current), version.type());
  }

  /** What is stored, as a client sees it, in the same order. */
  public List<KubeObject> fromStored(List<KubeObject> stored) {
    List<KubeObject> current = stored.stream().map(kind::current).toList();
    return isStoredVersion()
        ? current
        : version.conversion().fromStored(current).stream()
            .map(object -> typed(object, version.type()))
            .toList();
  }

  static KubeObject typed(KubeObject object, ResourceType type) {
    return object.with(type.kind(), "kind").with(type.apiVersion(), "apiVersion");
  }
}

package io.kuber.testkit.webhook;

import io.kuber.object.KubeObject;

/** Turns custom resources of one version into another. Asked by several threads at once. */
@FunctionalInterface
public interface Converter {
  /**
   * The object in the other version; its {@code apiVersion} is set by who asks.
   *
   * @param version wanted, such as {@code v2}
   */
  KubeObject convert(KubeObject object, String version);
}

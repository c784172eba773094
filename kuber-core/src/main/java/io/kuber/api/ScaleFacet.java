package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.Problems;
import io.kuber.resource.ResourceType;
import io.kuber.selector.LabelSelector;
import java.util.List;

/** {@code autoscaling/v1 Scale} of a workload. */
final class ScaleFacet implements Facet {
  private static final ResourceType SCALE =
      new ResourceType("autoscaling", "v1", "Scale", "scales", "scale", true, List.of(), List.of());

  @Override
  public String apiVersion(Kind kind) {
    return SCALE.apiVersion();
  }

  @Override
  public String kind(Kind kind) {
    return SCALE.kind();
  }

  @Override
  public boolean showsWhole() {
    return false;
  }

  @Override
  public KubeObject show(KubeObject whole) {
    Tree.Builder metadata = Tree.builder();
    for (String name :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      metadata.putIfPresent(name, whole.metadata().get(name));
    }
    Tree status =
        Tree.of(
            "replicas",
            whole.status().number(0, "replicas"),
            "selector",
            LabelSelector.of(whole.spec().tree("selector")).toString());
    return KubeObject.of(
        Tree.of(
            "kind",
            "Scale",
            "apiVersion",
            "autoscaling/v1",
            "metadata",
            metadata.build(),
            "spec",
            Tree.of("replicas", whole.spec().number(0, "replicas")),
            "status",
            status));
  }

  @Override
  public KubeObject placed(ApiRequest request, Kind kind, KubeObject body) {
    return Identity.named(
        request, kind.type(), Identity.typed(body, SCALE.apiVersion(), SCALE.kind()));
  }

  @Override
  public KubeObject merge(KubeObject whole, KubeObject shown) {
    long replicas = shown.spec().number(0, "replicas");
    if (replicas < 0) {
      Problems problems = new Problems();
      problems.invalid(
          FieldPath.SPEC.child("replicas"), replicas, "must be greater than or equal to 0");
      throw Failures.invalid(SCALE, shown.name(), problems.found());
    }
    KubeObject scaled = whole.with(replicas, "spec", "replicas");
    return shown.resourceVersion().isEmpty()
        ? scaled
        : scaled.with(shown.resourceVersion(), "metadata", "resourceVersion");
  }
}

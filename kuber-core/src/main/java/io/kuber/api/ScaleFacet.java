package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.ResourceType;
import io.kuber.resource.ScalePaths;
import io.kuber.resource.Served;
import io.kuber.resource.Subresource;
import io.kuber.resource.Version;
import io.kuber.selector.LabelSelector;
import java.util.List;

/** {@code autoscaling/v1 Scale} of a workload. */
final class ScaleFacet implements Facet {
  private static final ResourceType SCALE =
      new ResourceType("autoscaling", "v1", "Scale", "scales", "scale", true, List.of(), List.of());

  private final String apiVersion;
  private final ScalePaths paths;

  /** The scale of a version that has one. */
  ScaleFacet(Version version) {
    this.apiVersion =
        version.subresource("scale").map(Subresource::apiVersion).orElse(SCALE.apiVersion());
    this.paths = version.scale();
  }

  @Override
  public String apiVersion(Served served) {
    return apiVersion;
  }

  @Override
  public String kind(Served served) {
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
    return KubeObject.of(
        Tree.of(
            "kind",
            "Scale",
            "apiVersion",
            apiVersion,
            "metadata",
            metadata.build(),
            "spec",
            Tree.of("replicas", number(whole, paths.replicas())),
            "status",
            status(whole)));
  }

  /** Only the Scale of the autoscaling group has its selector as a text alone. */
  private Tree status(KubeObject whole) {
    Tree status = Tree.of("replicas", number(whole, paths.statusReplicas()));
    Object selector = paths.selector().isEmpty() ? null : whole.tree().at(path(paths.selector()));
    if (selector == null) {
      return status;
    }
    if (!(selector instanceof Tree tree)) {
      return status.with("selector", selector);
    }
    boolean plain = !tree.has("matchLabels") && !tree.has("matchExpressions");
    Tree labels = plain ? tree : tree.tree("matchLabels");
    String text = LabelSelector.of(plain ? Tree.of("matchLabels", tree) : tree).toString();
    return apiVersion.equals(SCALE.apiVersion())
        ? status.with("selector", text)
        : status.with("selector", labels).with("targetSelector", text);
  }

  private static long number(KubeObject object, List<String> path) {
    return object.tree().number(0, path(path));
  }

  private static String[] path(List<String> path) {
    return path.toArray(String[]::new);
  }

  @Override
  public KubeObject placed(ApiRequest request, Served served, KubeObject body) {
    return Identity.named(request, served.type(), Identity.typed(body, apiVersion, SCALE.kind()));
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
    KubeObject scaled = whole.with(replicas, path(paths.replicas()));
    return shown.resourceVersion().isEmpty()
        ? scaled
        : scaled.with(shown.resourceVersion(), "metadata", "resourceVersion");
  }
}

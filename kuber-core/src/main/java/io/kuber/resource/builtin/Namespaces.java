package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Subresource;
import io.kuber.resource.Trait;
import io.kuber.resource.Verb;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.util.List;

/** {@code v1 Namespace}. */
final class Namespaces implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.NAMESPACES,
              new Namespaces(),
              Columns.none()
                  .name()
                  .text("Status", (namespace, now) -> namespace.status().text("phase"))
                  .age())
          .without(Verb.DELETE_COLLECTION)
          .with(Trait.STATUS)
          .with(new Subresource("finalize", "v1", "Namespace", List.of(Verb.UPDATE)))
          .selectable("status.phase");

  private static final List<String> STANDARD_FINALIZERS =
      List.of("kubernetes", "orphan", "foregroundDeletion");

  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  private Namespaces() {}

  /** Network policies select namespaces by this label. */
  @Override
  public KubeObject defaulted(KubeObject namespace) {
    return namespace.name().isEmpty()
        ? namespace
        : namespace.with(namespace.name(), "metadata", "labels", NAME_LABEL);
  }

  /** The namespace controller takes the finalizer away once the namespace is empty. */
  @Override
  public KubeObject prepared(KubeObject created) {
    Items finalizers = created.spec().items("finalizers");
    if (!finalizers.contains("kubernetes")) {
      finalizers = finalizers.plus("kubernetes");
    }
    return created
        .with(finalizers, "spec", "finalizers")
        .with(Tree.of("phase", "Active"), "status");
  }

  @Override
  public KubeObject marked(KubeObject deleted) {
    return deleted.with("Terminating", "status", "phase");
  }

  @Override
  public void check(KubeObject namespace, Problems problems) {
    MetadataCheck.check(namespace, Names.LABEL, problems);
    FieldPath field = FieldPath.SPEC.child("finalizers");
    for (String finalizer : namespace.spec().items("finalizers").texts()) {
      checkFinalizer(field, finalizer, problems);
    }
  }

  private static void checkFinalizer(FieldPath field, String finalizer, Problems problems) {
    Names.checkKey(field, finalizer, problems);
    if (!finalizer.contains("/") && !STANDARD_FINALIZERS.contains(finalizer)) {
      problems.invalid(
          field, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
    }
  }

  @Override
  public void checkSubresource(
      String subresource, KubeObject updated, KubeObject old, Problems problems) {
    if (subresource.equals("status")) {
      checkPhase(updated, problems);
      return;
    }
    List<String> finalizers = updated.spec().items("finalizers").texts();
    for (int i = 0; i < finalizers.size(); i++) {
      checkFinalizer(FieldPath.SPEC.child("finalizers").index(i), finalizers.get(i), problems);
    }
  }

  private static void checkPhase(KubeObject namespace, Problems problems) {
    String expected = namespace.isBeingDeleted() ? "Terminating" : "Active";
    String phase = namespace.status().text("phase");
    if (!phase.equals(expected)) {
      problems.invalid(
          FieldPath.ROOT.child("status", "Phase"),
          phase,
          "may only be '%s' if `deletionTimestamp` is %s"
              .formatted(expected, namespace.isBeingDeleted() ? "not empty" : "empty"));
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}

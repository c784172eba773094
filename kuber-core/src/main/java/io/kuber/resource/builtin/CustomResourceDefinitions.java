package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.Columns.Column;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.custom.DefinitionCheck;
import java.util.List;
import java.util.Locale;

/** {@code apiextensions.k8s.io/v1 CustomResourceDefinition}. */
final class CustomResourceDefinitions implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.CUSTOM_RESOURCE_DEFINITIONS, new CustomResourceDefinitions(), columns())
          .with(Trait.STATUS, Trait.GENERATION, Trait.CONDITIONAL_UPDATE);

  /** Holds a definition until its last object is gone. */
  private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

  private CustomResourceDefinitions() {}

  private static Columns columns() {
    Column created =
        new Column(
            "Created At",
            "date",
            "",
            0,
            (definition, now) -> definition.metadata().text("creationTimestamp"));
    return new Columns(List.of(Columns.none().name().columns().get(0), created));
  }

  @Override
  public KubeObject defaulted(KubeObject definition) {
    Tree names = definition.spec().tree("names");
    String kind = names.text("kind");
    if (names.text("singular").isEmpty() && !kind.isEmpty()) {
      names = names.with("singular", kind.toLowerCase(Locale.ROOT));
    }
    if (names.text("listKind").isEmpty() && !kind.isEmpty()) {
      names = names.with("listKind", kind + "List");
    }
    Tree spec = definition.spec().with("names", names);
    if (!spec.has("conversion")) {
      spec = spec.with("conversion", Tree.of("strategy", "None"));
    }
    String[] port = {"conversion", "webhook", "clientConfig", "service", "port"};
    boolean hasService = spec.at("conversion", "webhook", "clientConfig", "service") != null;
    if (hasService && spec.at(port) == null) {
      spec = spec.withAt(443L, port);
    }
    return definition.with(spec, "spec");
  }

  @Override
  public KubeObject prepared(KubeObject created) {
    return withStored(created.with(Tree.EMPTY, "status"));
  }

  @Override
  public KubeObject prepared(KubeObject updated, KubeObject old) {
    return withStored(updated);
  }

  /** The version in which objects are stored from now on joins those in which some may be. */
  private static KubeObject withStored(KubeObject definition) {
    Items stored = definition.status().items("storedVersions");
    return definition.spec().items("versions").trees().stream()
        .filter(version -> version.isTrue("storage"))
        .map(version -> version.text("name"))
        .findFirst()
        .filter(version -> !stored.contains(version))
        .map(version -> definition.with(stored.plus(version), "status", "storedVersions"))
        .orElse(definition);
  }

  @Override
  public KubeObject marked(KubeObject deleted) {
    Items finalizers = deleted.metadata().items("finalizers");
    return deleted.isBeingDeleted() || finalizers.contains(FINALIZER)
        ? deleted
        : deleted.with(finalizers.plus(FINALIZER), "metadata", "finalizers");
  }

  @Override
  public void check(KubeObject definition, Problems problems) {
    DefinitionCheck.check(definition, problems);
  }

  @Override
  public void checkCreate(KubeObject created, Problems problems) {
    DefinitionCheck.checkApproval(created, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    DefinitionCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    DefinitionCheck.checkStatus(updated, problems);
  }
}

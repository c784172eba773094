package io.kuber.resource.custom;

import com.google.common.collect.ImmutableMap;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;
import io.kuber.resource.Kind;
import io.kuber.resource.KindSchema;
import io.kuber.resource.ResourceType;
import io.kuber.resource.ScalePaths;
import io.kuber.resource.Subresource;
import io.kuber.resource.Trait;
import io.kuber.resource.Verb;
import io.kuber.resource.Version;
import io.kuber.resource.custom.Definition.VersionSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes entries of the catalogue from definitions. */
public final class CustomKinds {
  private final ConversionReviews reviews;

  /** Kinds whose versions are converted with the help of {@code reviews} where they say so. */
  public CustomKinds(ConversionReviews reviews) {
    this.reviews = reviews;
  }

  /** The kind that a definition brings; empty while it is not established. */
  public Optional<Kind> of(Definition definition) {
    Optional<VersionSpec> stored =
        definition.versions().stream().filter(VersionSpec::isStored).findFirst();
    boolean isNamed = !definition.names().text("plural").isEmpty();
    return stored.isPresent() && definition.isEstablished() && isNamed
        ? Optional.of(kind(definition, stored.get()))
        : Optional.empty();
  }

  private Kind kind(Definition definition, VersionSpec storedSpec) {
    String kind = definition.names().text("kind");
    CompiledVersion stored = new CompiledVersion(definition.group(), kind, storedSpec);
    List<Version> versions = new ArrayList<>();
    versions.add(version(definition, stored, Conversion.NONE));
    for (VersionSpec spec : definition.versions()) {
      if (!spec.isStored()) {
        CompiledVersion compiled = new CompiledVersion(definition.group(), kind, spec);
        versions.add(version(definition, compiled, conversion(definition, compiled, stored)));
      }
    }
    List<Verb> verbs = new ArrayList<>(List.of(Verb.values()));
    if (definition.isTerminating()) {
      verbs.remove(Verb.CREATE);
    }
    return new Kind(versions, verbs, traits(storedSpec), new CustomRules(stored));
  }

  private Conversion conversion(
      Definition definition, CompiledVersion version, CompiledVersion stored) {
    RenamingConversion renaming = new RenamingConversion(version, stored);
    return definition.conversion().text("strategy").equals("Webhook")
        ? new WebhookConversion(definition, version, stored, reviews)
        : renaming;
  }

  private static Set<Trait> traits(VersionSpec stored) {
    Set<Trait> traits = EnumSet.of(Trait.GENERATION, Trait.CONDITIONAL_UPDATE);
    if (stored.hasStatus()) {
      traits.add(Trait.STATUS);
    }
    return traits;
  }

  private static Version version(
      Definition definition, CompiledVersion compiled, Conversion conversion) {
    VersionSpec spec = compiled.spec();
    ResourceType type = definition.type(spec.name());
    return new Version(
        type,
        KindSchema.custom(compiled::type, compiled::pruned, openApi(spec)),
        conversion,
        subresources(spec, type),
        scale(spec),
        selectable(spec),
        PrinterColumns.of(spec.columns(), conversion),
        spec.isServed(),
        spec.warning());
  }

  /** What documents publish: a definition of old without a structural schema says nothing. */
  private static Tree openApi(VersionSpec spec) {
    return spec.keepsUnknown()
        ? Tree.of("type", "object", "x-kubernetes-preserve-unknown-fields", true)
        : spec.schema().isEmpty() ? Tree.of("type", "object") : spec.schema();
  }

  private static List<Subresource> subresources(VersionSpec spec, ResourceType type) {
    List<Subresource> parts = new ArrayList<>();
    if (spec.hasStatus()) {
      parts.add(Subresource.ofReadAndWrite("status", type.apiVersion(), type.kind()));
    }
    if (spec.scale() != null) {
      parts.add(Subresource.ofScale());
    }
    return parts;
  }

  private static ScalePaths scale(VersionSpec spec) {
    ScaleSpec scale = spec.scale();
    return scale == null
        ? ScalePaths.STANDARD
        : new ScalePaths(scale.specReplicas(), scale.statusReplicas(), scale.selector());
  }

  private static Map<String, List<String>> selectable(VersionSpec spec) {
    ImmutableMap.Builder<String, List<String>> fields = ImmutableMap.builder();
    fields.put("metadata.name", List.of("metadata", "name"));
    fields.put("metadata.namespace", List.of("metadata", "namespace"));
    for (String path : spec.selectableFields()) {
      String field = path.startsWith(".") ? path.substring(1) : path;
      fields.put(field, List.of(field.split("\\.", -1)));
    }
    return fields.buildKeepingLast();
  }
}

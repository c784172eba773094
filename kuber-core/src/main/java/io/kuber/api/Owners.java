package io.kuber.api;

import io.kuber.managed.Applied;
import io.kuber.managed.Conversions;
import io.kuber.managed.Managing;
import io.kuber.managed.Ownership;
import io.kuber.managed.ScaleOwners;
import io.kuber.managed.Typed;
import io.kuber.managed.Writer;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.Served;
import io.kuber.resource.Version;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps {@code metadata.managedFields} ({@code io.kuber.managed}): shows the old and the new state
 * in the version of the request, and says who owns what after the write.
 */
final class Owners {
  private final InstantSource clock;

  Owners(InstantSource clock) {
    this.clock = clock;
  }

  /** Who owns what after a change from {@code old} to {@code next}, both as stored. */
  @FunctionalInterface
  interface Rule {
    /** The rule for changes that say nothing of owners, such as a binding. */
    Rule KEEP = (old, sent, next) -> Managing.of(old.tree());

    /** The entries; {@code sent} is the change in the version and facet of the request. */
    Items after(KubeObject old, KubeObject sent, KubeObject next);
  }

  private Writer writer(ApiRequest request, Lens lens) {
    return new Writer(
        request.write().manager(),
        request.subresource(),
        Times.text(clock.instant()),
        lens.facet()::owned);
  }

  private static Ownership ownership(Lens lens) {
    return new Ownership(
        lens.facet().showsWhole()
            ? (object, apiVersion) -> converted(lens.kind(), object, apiVersion)
            : Conversions.NONE);
  }

  private static Optional<Typed> converted(Kind kind, Typed object, String apiVersion) {
    Optional<Served> from = served(kind, object.apiVersion());
    Optional<Served> to = served(kind, apiVersion);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    KubeObject stored = from.get().toStored(KubeObject.of(object.tree()));
    return Optional.of(
        Typed.of(
            to.get().fromStored(stored).tree(), apiVersion, to.get().version().schema().type()));
  }

  private static Optional<Served> served(Kind kind, String apiVersion) {
    return kind.versions().stream()
        .filter(version -> version.type().apiVersion().equals(apiVersion))
        .findFirst()
        .map(version -> new Served(kind, version));
  }

  private static Typed typed(Lens lens, Tree shown) {
    return Typed.of(shown, lens.apiVersion(), lens.schema());
  }

  /** The owners of a new object, which is given as it is to be stored. */
  Items created(ApiRequest request, Lens lens, KubeObject object) {
    return ownership(lens).create(typed(lens, lens.show(object).tree()), writer(request, lens));
  }

  /** The rule for updates, and for patches that are no apply. */
  Rule updated(ApiRequest request, Lens lens) {
    return (old, sent, next) -> {
      Tree before = shown(lens, old);
      Items entries =
          ownership(lens)
              .update(
                  before,
                  sent.tree(),
                  typed(lens, before),
                  typed(lens, lens.show(next).tree()),
                  writer(request, lens));
      return stored(lens, old, entries);
    };
  }

  /** The rule for an applied configuration, which brought the entries with it. */
  static Rule applied(Lens lens) {
    return (old, sent, next) -> stored(lens, old, Managing.of(sent.tree()));
  }

  /**
   * An object with a configuration applied to it, as the lens shows it, with its new entries.
   *
   * @param old as it is stored; without fields when it is to be created
   */
  KubeObject apply(ApiRequest request, Lens lens, KubeObject old, Tree config) {
    Tree live = old.tree().isEmpty() ? Tree.EMPTY : shown(lens, old);
    Applied applied =
        ownership(lens)
            .apply(
                live,
                typed(lens, live),
                typed(lens, config),
                writer(request, lens),
                request.write().isForced());
    if (applied instanceof Applied.Merged merged) {
      return KubeObject.of(Managing.managed(merged.object(), merged.managedFields()));
    }
    throw applied instanceof Applied.Conflicted conflicted
        ? Failures.applyConflict(conflicted)
        : Failures.badRequest(untypable(request, lens, ((Applied.Refused) applied).message()));
  }

  private static String untypable(ApiRequest request, Lens lens, String why) {
    String name =
        request.namespace().isEmpty() ? request.name() : request.namespace() + "/" + request.name();
    return "failed to create typed patch object ("
        + name
        + "; "
        + lens.apiVersion()
        + ", Kind="
        + lens.kindName()
        + "): "
        + why;
  }

  /** What the lens shows, with the entries that are about it. */
  private static Tree shown(Lens lens, KubeObject old) {
    Tree shown = lens.show(old).tree();
    return lens.facet().showsWhole() ? shown : Managing.managed(shown, scale(lens, old).inScale());
  }

  private static Items stored(Lens lens, KubeObject old, Items entries) {
    return lens.facet().showsWhole() ? entries : scale(lens, old).inWorkload(entries);
  }

  private static ScaleOwners scale(Lens lens, KubeObject old) {
    Map<String, String[]> replicas = new LinkedHashMap<>();
    for (Version version : lens.kind().versions()) {
      replicas.put(version.type().apiVersion(), version.scale().replicas().toArray(String[]::new));
    }
    return new ScaleOwners(Managing.of(old.tree()), lens.type().apiVersion(), replicas);
  }
}

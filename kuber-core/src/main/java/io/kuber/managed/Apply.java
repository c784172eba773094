package io.kuber.managed;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Server-side apply of one configuration to one object.
 *
 * <p>The configuration is laid over the object, what the applier no longer wants and nobody else
 * owns is removed, and who owned a field that changed is either in conflict or loses it.
 */
final class Apply {
  private static final String BEFORE_FIRST_APPLY = "before-first-apply";

  private final Conversions conversions;
  private final Typed live;
  private final Typed config;
  private final Writer writer;
  private final Owner owner;

  Apply(Conversions conversions, Typed live, Typed config, Writer writer) {
    this.conversions = conversions;
    this.live = live;
    this.config = config;
    this.writer = writer;
    this.owner = writer.owner(Operation.APPLY, config.apiVersion());
  }

  Applied run(ManagedFields managed, boolean force) {
    ManagedFields known = Update.reconciled(withBeginning(managed), live);
    Optional<Entry> last = known.of(owner);
    Entry mine =
        new Entry(owner, config.apiVersion(), writer.time(), writer.kept().apply(config.fields()));
    Typed laid = live.with(Merger.merge(live.tree(), config.tree(), config.type()));
    Typed merged = new Pruning(conversions, known.with(mine)).prune(laid, last);
    Release release = new Release(conversions, live, merged, writer.kept());
    ManagedFields others = known.without(owner);
    List<Conflict> conflicts = force ? List.of() : conflicts(others, release);
    List<Conflict> standing = LastApplied.unresolved(conflicts, live, writer.manager());
    if (!standing.isEmpty()) {
      return new Applied.Conflicted(standing);
    }
    Entry now = mine.with(Stripped.from(mine.fields()));
    boolean changed = !merged.tree().equals(live.tree());
    ManagedFields left = others.map(release::left);
    ManagedFields result =
        now.fields().isEmpty() ? left : left.with(changed ? now : unchanged(now, last));
    Tree object = LastApplied.refreshed(merged.tree(), config.tree(), writer.manager());
    return new Applied.Merged(object, result.toJson());
  }

  /** Fields of an object whose owners were never written down belong to those who were before. */
  private ManagedFields withBeginning(ManagedFields managed) {
    return managed.isEmpty() ? Update.begun(live, writer.named(BEFORE_FIRST_APPLY)) : managed;
  }

  private static Entry unchanged(Entry now, Optional<Entry> last) {
    return last.map(before -> new Entry(now.owner(), now.apiVersion(), before.time(), now.fields()))
        .orElse(now);
  }

  private static List<Conflict> conflicts(ManagedFields others, Release release) {
    List<Conflict> conflicts = new ArrayList<>();
    others.entries().stream()
        .sorted((left, right) -> left.owner().compareTo(right.owner()))
        .forEach(
            entry ->
                release
                    .taken(entry)
                    .forEach(
                        (path, text) -> conflicts.add(new Conflict(entry.owner(), path, text))));
    return conflicts;
  }
}

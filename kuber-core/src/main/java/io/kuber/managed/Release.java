package io.kuber.managed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Takes from owners what a change took from them: fields that have another value now, and fields
 * that are gone. Owners whose version is not served any more lose everything. Lives for one change.
 */
final class Release {
  private final Conversions conversions;
  private final Typed before;
  private final Typed after;
  private final UnaryOperator<FieldSet> kept;
  private final Map<String, Optional<Comparison>> byVersion = new HashMap<>();

  Release(Conversions conversions, Typed before, Typed after, UnaryOperator<FieldSet> kept) {
    this.conversions = conversions;
    this.before = before;
    this.after = after;
    this.kept = kept;
  }

  /** The same, told what changed in the words of the request's version. */
  Release knowing(Comparison change) {
    byVersion.put(before.apiVersion(), Optional.of(change));
    return this;
  }

  private Optional<Comparison> in(String apiVersion) {
    return byVersion.computeIfAbsent(
        apiVersion,
        version ->
            conversions
                .at(before, version)
                .flatMap(
                    old -> conversions.at(after, version).map(now -> old.compare(now).of(kept))));
  }

  /** The fields of an entry that the change gives another value. */
  FieldSet taken(Entry entry) {
    return in(entry.apiVersion())
        .map(change -> entry.fields().intersection(change.written()))
        .orElse(FieldSet.EMPTY);
  }

  /** What is left to an entry. */
  Entry left(Entry entry) {
    return entry.with(
        in(entry.apiVersion())
            .map(
                change ->
                    entry
                        .fields()
                        .difference(change.modified())
                        .difference(change.added())
                        .difference(change.removed()))
            .orElse(FieldSet.EMPTY));
  }
}

package io.kuber.managed;

/** The owners after a write that is no apply: the writer takes over what it changed. */
final class Update {
  private final Conversions conversions;

  Update(Conversions conversions) {
    this.conversions = conversions;
  }

  ManagedFields run(ManagedFields managed, Typed live, Typed next, Writer writer) {
    Release release = new Release(conversions, live, next, writer.kept());
    ManagedFields left = reconciled(managed, next).map(release::left);
    FieldSet taken = Stripped.from(release.change().written());
    if (taken.isEmpty()) {
      return AncientChanges.capped(left);
    }
    Owner owner = writer.owner(Operation.UPDATE, next.apiVersion());
    FieldSet all = left.of(owner).map(mine -> mine.fields().union(taken)).orElse(taken);
    return AncientChanges.capped(
        left.with(new Entry(owner, next.apiVersion(), writer.time(), all)));
  }

  /** The entries as the types cut objects now. */
  static ManagedFields reconciled(ManagedFields managed, Typed object) {
    return managed.map(
        entry ->
            entry.apiVersion().equals(object.apiVersion())
                ? entry.with(NamedFields.reconciled(entry.fields(), object.type()))
                : entry);
  }
}

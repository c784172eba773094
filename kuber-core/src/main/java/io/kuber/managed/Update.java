package io.kuber.managed;

/** The owners after a write that is no apply: the writer takes over what it changed. */
final class Update {
  private final Conversions conversions;

  Update(Conversions conversions) {
    this.conversions = conversions;
  }

  /** The owners of an object that was not there before. */
  static ManagedFields begun(Typed next, Writer writer) {
    FieldSet all = writer.kept().apply(NewFields.of(next.tree(), next.type()));
    FieldSet taken = Stripped.from(all);
    Owner owner = writer.owner(Operation.UPDATE, next.apiVersion());
    return taken.isEmpty()
        ? ManagedFields.NONE
        : ManagedFields.NONE.with(new Entry(owner, next.apiVersion(), writer.time(), taken));
  }

  /**
   * The owners after a change.
   *
   * @param change from {@code live} to {@code next}, of the fields that the writer can change
   */
  ManagedFields run(
      ManagedFields managed, Typed live, Typed next, Comparison change, Writer writer) {
    Release release = new Release(conversions, live, next, writer.kept()).knowing(change);
    ManagedFields left = reconciled(managed, next).map(release::left);
    FieldSet taken = Stripped.from(change.written());
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

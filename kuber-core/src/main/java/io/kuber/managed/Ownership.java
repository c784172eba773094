package io.kuber.managed;

import io.kuber.object.Items;
import io.kuber.object.Tree;

/**
 * Decides on the owners of an object's fields whenever somebody writes it. Start here.
 *
 * <p>Objects come in the version of the request; {@code conversions} shows them in the versions in
 * which others wrote.
 */
public final class Ownership {
  private final Conversions conversions;

  /** Ownership of a kind's objects, which {@code conversions} shows in its other versions. */
  public Ownership(Conversions conversions) {
    this.conversions = conversions;
  }

  /**
   * The owners after a create: the writer owns all that is there.
   *
   * @param next the new object as it was sent, with its defaults
   */
  public Items create(Typed next, Writer writer) {
    try {
      return Update.begun(next, writer).toJson();
    } catch (MisfitException misfit) {
      return Items.EMPTY; // Validation is to say what is wrong with the object.
    }
  }

  /**
   * The owners after an update or a patch: the writer owns what it changed.
   *
   * @param before the object as it was, with its entries
   * @param sent the object as the client sent or patched it, with the entries it has; a client may
   *     thus set entries, and reset them with an empty list or one empty entry
   * @param live the object as it was
   * @param next the object as it is to be
   */
  public Items update(Tree before, Tree sent, Typed live, Typed next, Writer writer) {
    Items entries = Managing.of(before);
    boolean isWhole = writer.subresource().isEmpty();
    if (isWhole && Managing.isReset(sent)) {
      return Items.EMPTY;
    }
    Items given = isWhole ? Managing.of(sent) : Items.EMPTY;
    ManagedFields own =
        given.isEmpty() || given.equals(entries) ? null : ManagedFields.read(given).orElse(null);
    try {
      Comparison change = live.compare(next).of(writer.kept());
      if (own == null && change.isSame()) {
        return entries;
      }
      ManagedFields managed = own == null ? ManagedFields.ofStored(entries).orElse(null) : own;
      return managed == null || managed.isEmpty()
          ? Items.EMPTY // Who began without owners gets none before somebody applies.
          : new Update(conversions).run(managed, live, next, change, writer).toJson();
    } catch (MisfitException misfit) {
      return entries;
    }
  }

  /**
   * Applies a configuration.
   *
   * @param before the object as it is, with its entries; empty to create it
   * @param live the object as it is
   * @param config what the applier wants
   * @param force whether to take fields from others
   */
  public Applied apply(Tree before, Typed live, Typed config, Writer writer, boolean force) {
    var complaint = ConfigCheck.check(config.tree(), config.type());
    if (complaint.isPresent()) {
      return new Applied.Refused(complaint.get());
    }
    try {
      ManagedFields managed =
          ManagedFields.ofStored(Managing.of(before)).orElse(ManagedFields.NONE);
      return new Apply(conversions, live, config, writer).run(managed, force);
    } catch (MisfitException misfit) {
      return new Applied.Refused(misfit.text());
    }
  }

  /**
   * An object with a configuration laid over it, whoever owns what. What has one owner as a whole
   * must not be in the configuration, since all else in it would be lost (apiserver,
   * plugin/policy/mutating/patch/smd.go).
   */
  public static Applied laidOver(Typed live, Typed config) {
    var complaint =
        ConfigCheck.check(config.tree(), config.type())
            .map(why -> "failed to convert patch object to typed object: " + why)
            .or(() -> Atomics.complaint(config));
    if (complaint.isPresent()) {
      return new Applied.Refused(complaint.get());
    }
    try {
      return new Applied.Merged(
          Merger.merge(live.tree(), config.tree(), config.type()), Items.EMPTY);
    } catch (MisfitException misfit) {
      return new Applied.Refused("failed to merge patch: " + misfit.text());
    }
  }

  /** The part of an object that these fields are (used to show an applier its configuration). */
  public static Tree extract(Typed object, FieldSet fields) {
    return Cutter.extract(object.tree(), fields, object.type());
  }
}

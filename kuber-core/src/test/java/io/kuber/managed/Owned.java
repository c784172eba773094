package io.kuber.managed;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.TypeSchema;

/** An object and its owners, written by one client after the other, a second apart. */
final class Owned {
  private final TypeSchema type;
  private final Conversions conversions;
  private Tree object = Tree.EMPTY;
  private int second;

  private Owned(TypeSchema type, Conversions conversions) {
    this.type = type;
    this.conversions = conversions;
  }

  static Owned of(TypeSchema type) {
    return of(type, Conversions.NONE);
  }

  static Owned of(TypeSchema type, Conversions conversions) {
    return new Owned(type, conversions);
  }

  private Writer writer(String manager, String subresource) {
    second++;
    String time = "2026-01-01T00:" + second / 600 + second / 60 % 10 + ":" + second / 10 % 6;
    return new Writer(manager, subresource, time + second % 10 + "Z", fields -> fields);
  }

  private Typed typed(Tree tree) {
    return new Typed(tree, type.apiVersion(), type);
  }

  Owned create(String manager, String yaml) {
    Tree body = Sample.flow(yaml);
    Items owners = new Ownership(conversions).create(typed(body), writer(manager, ""));
    object = Managing.managed(body, owners);
    return this;
  }

  Owned update(String manager, String yaml) {
    return updateThrough("", manager, yaml);
  }

  Owned updateThrough(String subresource, String manager, String yaml) {
    Tree body = Sample.flow(yaml);
    Items owners =
        new Ownership(conversions)
            .update(object, body, typed(object), typed(body), writer(manager, subresource));
    object = Managing.managed(body, owners);
    return this;
  }

  Owned apply(String manager, String yaml) {
    object = merged(tryApply(manager, yaml, false));
    return this;
  }

  Owned force(String manager, String yaml) {
    object = merged(tryApply(manager, yaml, true));
    return this;
  }

  private static Tree merged(Applied applied) {
    Applied.Merged merged = (Applied.Merged) applied;
    return Managing.managed(merged.object(), merged.managedFields());
  }

  Applied tryApply(String manager, String yaml, boolean force) {
    return new Ownership(conversions)
        .apply(object, typed(object), typed(Sample.flow(yaml)), writer(manager, ""), force);
  }

  String conflicts(String manager, String yaml) {
    return ((Applied.Conflicted) tryApply(manager, yaml, false)).message();
  }

  Tree tree() {
    return object;
  }

  Items entries() {
    return Managing.of(object);
  }

  String owners() {
    return Sample.owners(entries());
  }

  /** The object as JSON, without metadata that held nothing but owners. */
  String object() {
    Tree plain = Managing.unmanaged(object);
    return Sample.text(plain.tree("metadata").isEmpty() ? plain.without("metadata") : plain);
  }
}

package io.kuber.cel.value;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Items as a list. Views of its trees and lists are made once, when asked for. Owned by one
 * evaluation.
 */
final class ListView extends TypedList implements RandomAccess {
  private final Items items;
  private Object @Nullable [] views;

  ListView(Items items, DeclaredType.ListOf type) {
    super(type);
    this.items = items;
  }

  @Override
  public Object get(int index) {
    Object raw = items.get(index);
    if (!(raw instanceof Tree) && !(raw instanceof Items)) {
      return DeclaredType.adaptNullable(type().items(), raw);
    }
    if (views == null) {
      views = new Object[items.size()];
    }
    Object view = views[index];
    if (view == null) {
      view = type().items().adapt(raw);
      views[index] = view;
    }
    return view;
  }

  @Override
  public int size() {
    return items.size();
  }
}

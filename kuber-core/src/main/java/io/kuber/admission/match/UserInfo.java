package io.kuber.admission.match;

import io.kuber.access.User;
import io.kuber.object.Items;
import io.kuber.object.Tree;

/** A user as reviews name one (authentication/v1 UserInfo). */
public final class UserInfo {
  private UserInfo() {}

  /** The fields {@code username}, {@code uid}, {@code groups} and {@code extra}; no empty ones. */
  public static Tree of(User user) {
    Tree.Builder tree = Tree.builder().put("username", user.name());
    if (!user.uid().isEmpty()) {
      tree.put("uid", user.uid());
    }
    tree.put("groups", Items.copyOf(user.groups()));
    if (!user.extra().isEmpty()) {
      Tree.Builder extra = Tree.builder();
      user.extra().forEach((name, values) -> extra.put(name, Items.copyOf(values)));
      tree.put("extra", extra.build());
    }
    return tree.build();
  }
}

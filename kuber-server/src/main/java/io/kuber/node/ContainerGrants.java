package io.kuber.node;

import io.kuber.container.User;
import io.kuber.object.Items;
import io.kuber.object.Tree;

/** What an instance of a container was given, as its status tells it. Pure. */
final class ContainerGrants {
  private ContainerGrants() {}

  /** Fields of core/v1 ContainerStatus: resources, allocatedResources, stopSignal, user. */
  static Tree of(Tree container, User user) {
    Tree resources = container.tree("resources");
    Tree.Builder granted = Tree.builder().put("resources", resources);
    if (!resources.tree("requests").isEmpty()) {
      granted.put("allocatedResources", resources.tree("requests"));
    }
    Items groups = Items.copyOf(user.groups().stream().map(Integer::longValue).toList());
    Tree linux =
        Tree.of("uid", (long) user.uid(), "gid", (long) user.gid(), "supplementalGroups", groups);
    String stopSignal = container.text("lifecycle", "stopSignal");
    if (!stopSignal.isEmpty()) {
      granted.put("stopSignal", stopSignal);
    }
    return granted.put("user", Tree.of("linux", linux)).build();
  }
}

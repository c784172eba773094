package io.kuber.node;

import io.kuber.container.User;
import io.kuber.object.Items;
import io.kuber.object.Tree;

/** What an instance of a container was given, as its status tells it. Pure. */
final class ContainerGrants {
  private ContainerGrants() {}

  /**
   * Fields of core/v1 ContainerStatus: resources, stopSignal, user, volumeMounts.
   *
   * @param stopSignalOfImage what ends it unless the pod says otherwise; empty for SIGTERM
   */
  static Tree of(Tree container, User user, String stopSignalOfImage) {
    Tree.Builder granted = Tree.builder().put("resources", container.tree("resources"));
    Items groups = Items.copyOf(user.groups().stream().map(Integer::longValue).toList());
    Tree linux =
        Tree.of("uid", (long) user.uid(), "gid", (long) user.gid(), "supplementalGroups", groups);
    String declared = container.text("lifecycle", "stopSignal");
    String stopSignal = declared.isEmpty() ? stopSignalOfImage : declared;
    if (!stopSignal.isEmpty()) {
      granted.put("stopSignal", stopSignal);
    }
    if (!container.items("volumeMounts").isEmpty()) {
      granted.put(
          "volumeMounts",
          Items.copyOf(
              container.items("volumeMounts").trees().stream()
                  .map(ContainerGrants::mount)
                  .toList()));
    }
    return granted.put("user", Tree.of("linux", linux)).build();
  }

  /**
   * The kernel can write-protect whole trees of mounts, so what asks for that if possible has it.
   */
  private static Tree mount(Tree declared) {
    Tree mount = Tree.of("name", declared.text("name"), "mountPath", declared.text("mountPath"));
    if (!declared.isTrue("readOnly")) {
      return mount;
    }
    String asked = declared.text("recursiveReadOnly");
    boolean whole = asked.equals("Enabled") || asked.equals("IfPossible");
    return mount.with("readOnly", true).with("recursiveReadOnly", whole ? "Enabled" : "Disabled");
  }
}

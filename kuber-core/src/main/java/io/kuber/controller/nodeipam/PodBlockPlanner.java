package io.kuber.controller.nodeipam;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which node's pods have which addresses: a node that asks with {@link #WISH} and has none
 * yet gets the lowest free block of {@code 10.244.0.0/16}. Others choose their own, or need none.
 */
public final class PodBlockPlanner {
  /** The annotation with which a node asks for a block. */
  public static final String WISH = "node.kuber.io/pod-cidr";

  /** Its value. */
  public static final String WANTED = "wanted";

  /** The last block joins several nodes of one machine. */
  private static final int BLOCKS = 255;

  private static final String BLOCK = "10.244.%d.0/24";

  private PodBlockPlanner() {}

  /** Whether the node asks for a block, and has none. */
  static boolean wants(KubeObject node) {
    return WANTED.equals(node.annotations().get(WISH)) && node.spec().text("podCIDR").isEmpty();
  }

  /** Plans for all nodes, in the order of their names. */
  static Plan plan(List<KubeObject> nodes) {
    Set<String> taken = new HashSet<>();
    nodes.forEach(node -> taken.add(node.spec().text("podCIDR")));
    List<Action> writes = new ArrayList<>();
    int next = 0;
    for (KubeObject node : nodes) {
      if (!wants(node)) {
        continue;
      }
      while (next < BLOCKS && taken.contains(BLOCK.formatted(next))) {
        next++;
      }
      writes.add(next < BLOCKS ? given(node, BLOCK.formatted(next)) : refused(node));
      next++;
    }
    return Plan.builder().together(writes).build();
  }

  private static Action given(KubeObject node, String block) {
    return new Action.Update(
        Resources.NODES,
        node.with(block, "spec", "podCIDR").with(Items.of(block), "spec", "podCIDRs"));
  }

  /** In the words of pkg/controller/nodeipam. */
  private static Action refused(KubeObject node) {
    return new Action.Emit(
        Note.warning(
            node,
            "CIDRNotAvailable",
            "Node %s status is now: CIDRNotAvailable; all %d blocks of 10.244.0.0/16 are in use"
                .formatted(node.name(), BLOCKS)));
  }
}

package io.kuber.controller.nodeipam;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.AddressRange;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which node's pods have which addresses: a node that asks with {@link #WISH} and has none
 * yet gets the lowest free block of the cluster's. Others choose their own, or need none.
 */
public final class PodBlockPlanner {
  /** The annotation with which a node asks for a block. */
  public static final String WISH = "node.kuber.io/pod-cidr";

  /** Its value. */
  public static final String WANTED = "wanted";

  private static final int PREFIX = 24;

  /** The last block joins several nodes of one machine. */
  private static final int LAST = 1;

  private PodBlockPlanner() {}

  /** Whether the node asks for a block, and has none. */
  static boolean wants(KubeObject node) {
    return WANTED.equals(node.annotations().get(WISH)) && node.spec().text("podCIDR").isEmpty();
  }

  /** Plans for all nodes, in the order of their names. */
  static Plan plan(AddressRange pods, List<KubeObject> nodes) {
    int blocks = (1 << (PREFIX - pods.prefix())) - LAST;
    Set<String> taken = new HashSet<>();
    nodes.forEach(node -> taken.add(node.spec().text("podCIDR")));
    List<Action> writes = new ArrayList<>();
    int next = 0;
    for (KubeObject node : nodes) {
      if (!wants(node)) {
        continue;
      }
      while (next < blocks && taken.contains(block(pods, next))) {
        next++;
      }
      writes.add(next < blocks ? given(node, block(pods, next)) : refused(node, pods, blocks));
      next++;
    }
    return Plan.builder().together(writes).build();
  }

  private static String block(AddressRange pods, int number) {
    return pods.part(PREFIX, number).toString();
  }

  private static Action given(KubeObject node, String block) {
    return new Action.Update(
        Resources.NODES,
        node.with(block, "spec", "podCIDR").with(Items.of(block), "spec", "podCIDRs"));
  }

  /** In the words of pkg/controller/nodeipam. */
  private static Action refused(KubeObject node, AddressRange pods, int blocks) {
    return new Action.Emit(
        Note.warning(
            node,
            "CIDRNotAvailable",
            "Node %s status is now: CIDRNotAvailable; all %d blocks of %s are in use"
                .formatted(node.name(), blocks, pods)));
  }
}

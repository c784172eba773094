package io.kuber.resource.builtin.node;

import io.kuber.resource.Kind;
import java.util.List;

/** The kinds of {@code node.k8s.io}, in the order of discovery. */
public final class NodeKinds {
  /** All of them. */
  public static final List<Kind> KINDS = List.of(RuntimeClasses.KIND);

  private NodeKinds() {}
}

package io.kuber.boot;

import io.kuber.node.PodLinks;
import io.kuber.node.network.PodNetwork;
import java.nio.file.Path;

/** Connects pods to the node's bridge. */
record BridgedPods(PodNetwork network) implements PodLinks {
  @Override
  public String attach(String podUid, Path networkNamespace) {
    return network.attach(podUid, networkNamespace).address().toString();
  }

  @Override
  public void detach(String podUid) {
    network.detach(podUid);
  }
}

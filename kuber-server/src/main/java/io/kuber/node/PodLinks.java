package io.kuber.node;

import java.nio.file.Path;

/** Connects pods to the network. Calls take milliseconds; any number may run at once. */
public interface PodLinks {
  /** Gives a pod's network namespace its address and routes; returns the address. */
  String attach(String podUid, Path networkNamespace);

  /** Takes a pod's links away; does nothing for a pod that has none. */
  void detach(String podUid);
}

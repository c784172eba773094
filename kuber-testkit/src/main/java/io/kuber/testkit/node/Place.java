package io.kuber.testkit.node;

/** Where a pod is reached: the address of its node and its own. */
record Place(String hostIp, String podIp) {}

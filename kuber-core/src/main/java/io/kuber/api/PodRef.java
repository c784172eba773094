package io.kuber.api;

/**
 * A pod on a node.
 *
 * @param uid tells the pod from an earlier one of the same name
 * @param nodeName where the pod is bound to
 */
public record PodRef(String namespace, String name, String uid, String nodeName) {}

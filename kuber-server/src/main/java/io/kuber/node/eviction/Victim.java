package io.kuber.node.eviction;

import io.kuber.object.KubeObject;

/**
 * A pod that has to go.
 *
 * @param message why, as its status says it
 */
public record Victim(KubeObject pod, String message) {}

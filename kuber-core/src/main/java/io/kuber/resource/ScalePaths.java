package io.kuber.resource;

import java.util.List;

/**
 * Where the {@code scale} subresource finds its numbers.
 *
 * @param replicas wanted
 * @param statusReplicas that there are
 * @param selector a label selector, a map of labels, or its text; empty where there is none
 */
public record ScalePaths(
    List<String> replicas, List<String> statusReplicas, List<String> selector) {
  /** Where all built-in workloads have them. */
  public static final ScalePaths STANDARD =
      new ScalePaths(
          List.of("spec", "replicas"), List.of("status", "replicas"), List.of("spec", "selector"));

  /** Copies the paths. */
  public ScalePaths {
    replicas = List.copyOf(replicas);
    statusReplicas = List.copyOf(statusReplicas);
    selector = List.copyOf(selector);
  }
}

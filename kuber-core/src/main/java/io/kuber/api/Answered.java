package io.kuber.api;

import java.time.Duration;
import java.time.Instant;

/**
 * A request that has its answer, as {@link Witness} is told of it.
 *
 * @param at when it came
 * @param took until the answer began
 * @param verb as authorisation names it, such as {@code create} or {@code deletecollection}; for a
 *     path outside the resource API, the method in lower case
 * @param resource the plural with its group, such as {@code deployments.apps}; empty for a path
 *     outside the resource API
 * @param subresource empty for the object itself
 * @param namespace empty for cluster scope, and for all namespaces
 * @param name of the object; empty where the request is about many, or where the server was to find
 *     one; the path where there is no resource
 * @param user who asked
 * @param agent the program that asked, as it calls itself; empty where it does not
 * @param dryRun whether nothing was to be written
 * @param code the HTTP status code of the answer, also where no HTTP was involved
 * @param problem why it was refused; empty where it was not
 */
public record Answered(
    Instant at,
    Duration took,
    String verb,
    String resource,
    String subresource,
    String namespace,
    String name,
    String user,
    String agent,
    boolean dryRun,
    int code,
    String problem) {

  /** Whether the answer was a refusal or a failure. */
  public boolean isRefused() {
    return code >= 400;
  }
}

package io.kuber.server.chain;

import io.kuber.http.Headers;
import io.kuber.http.Query;

/**
 * Whether JSON is to be indented: where the query says so, and for the programs with which people
 * look (k8s.io/apiserver, pkg/endpoints/handlers/negotiation).
 */
public final class Indentation {
  private Indentation() {}

  /** Whether the answer to this request is. */
  public static boolean isWanted(ServerRequest request) {
    return isWanted(request.request().headers(), request.request().query());
  }

  static boolean isWanted(Headers headers, Query query) {
    if (query.has("pretty")) {
      return query.isTrue("pretty");
    }
    String agent = headers.first("User-Agent").orElse("");
    return agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
  }
}

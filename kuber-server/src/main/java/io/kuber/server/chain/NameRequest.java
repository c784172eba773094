package io.kuber.server.chain;

import io.kuber.http.Headers;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Gives the request its audit id, the client's own or a new one, and its answer the headers that
 * all have.
 */
final class NameRequest implements Link {
  /** Longer ids of clients are cut, as upstream does. */
  private static final int MAX_LENGTH = 64;

  static final String HEADER = "Audit-Id";

  private final Supplier<UUID> ids;

  NameRequest(Supplier<UUID> ids) {
    this.ids = ids;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    String id = id(request.request().headers(), ids);
    request.exchange().always(Headers.of(HEADER, id, "Cache-Control", "no-cache, private"));
    next.handle(request.named(id));
  }

  /** The id that the client gave its request, or a new one. */
  static String id(Headers asked, Supplier<UUID> ids) {
    return asked
        .first(HEADER)
        .map(given -> given.substring(0, Math.min(MAX_LENGTH, given.length())))
        .orElseGet(() -> ids.get().toString());
  }
}

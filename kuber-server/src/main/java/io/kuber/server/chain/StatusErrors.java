package io.kuber.server.chain;

import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import io.kuber.http.ErrorShape;
import io.kuber.http.Headers;
import io.kuber.http.Query;
import io.kuber.http.Response;
import io.kuber.server.format.Format;
import io.kuber.server.format.Format.Encoding;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Failures as Status objects, the form in which every client of Kubernetes expects them, in the
 * encoding that it accepts.
 */
public final class StatusErrors implements ErrorShape {
  private final Supplier<UUID> ids;

  /** Errors of a server; those that the chain never saw get a name from {@code ids}. */
  public StatusErrors(Supplier<UUID> ids) {
    this.ids = ids;
  }

  @Override
  public Response shape(Headers asked, int status, String message, @Nullable Throwable cause) {
    boolean indented = Indentation.isWanted(asked, Query.EMPTY);
    if (cause != null) {
      return response(asked, indented, failure(status, message, cause));
    }
    return response(asked, indented, failure(status, message, null))
        .with(NameRequest.HEADER, NameRequest.id(asked, ids))
        .with("Cache-Control", "no-cache, private");
  }

  private static ApiException failure(int status, String message, @Nullable Throwable cause) {
    return cause instanceof ApiException refused
        ? refused
        : switch (status) {
          case 413 -> new ApiException(StatusReason.REQUEST_ENTITY_TOO_LARGE, message);
          case 429 -> tooManyRequests(message);
          case 408 -> new ApiException(StatusReason.TIMEOUT, message);
          case 500 ->
              new ApiException(
                  StatusReason.INTERNAL_ERROR,
                  "Internal error occurred: " + message + "; the log of kuber says more");
          default -> new ApiException(StatusReason.BAD_REQUEST, message);
        };
  }

  /** The node's word on a container that is not there is a 500 upstream too, and no accident. */
  @Override
  public boolean isAnswer(Throwable cause) {
    return cause instanceof ApiException;
  }

  /** The answer to a request that was refused. */
  static Response response(ServerRequest request, ApiException refused) {
    return response(request.request().headers(), Indentation.isWanted(request), refused);
  }

  private static Response response(Headers asked, boolean indented, ApiException refused) {
    Encoding encoding = Format.ofFailure(asked.joined("Accept"));
    Response response =
        Response.of(
                refused.code(), encoding.mediaType(), encoding.print(refused.toStatus(), indented))
            .with("X-Content-Type-Options", "nosniff");
    int wait = refused.details().retryAfterSeconds();
    return wait > 0 ? response.with("Retry-After", Integer.toString(wait)) : response;
  }

  static ApiException tooManyRequests(String message) {
    return new ApiException(
        StatusReason.TOO_MANY_REQUESTS, message, new Details("", "", "", "", List.of(), 1));
  }
}

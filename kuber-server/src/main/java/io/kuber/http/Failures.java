package io.kuber.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server answers what cannot be served, and what of it is news for the log.
 *
 * @param errors gives answers the form of the API behind the server
 */
record Failures(ErrorShape errors) {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  /**
   * The answer to a request that the server itself cannot serve, and so has not read.
   *
   * @param asked the headers of the request; none where they could not be read
   */
  Response answer(Headers asked, int status, String message) {
    return errors.shape(asked, status, message, null);
  }

  /** The answer when too many requests are under way. */
  Response tooManyRequests(Headers asked) {
    return answer(asked, TOO_MANY_REQUESTS, "too many requests, please try again later")
        .with("Retry-After", "1");
  }

  /** The answer to a request with a body of more than {@code limit} bytes. */
  Response tooLarge(Headers asked, int limit) {
    return answer(asked, TOO_LARGE, "the request body is larger than " + limit + " bytes");
  }

  /** The answer to a request whose handler threw {@code cause}, logged if it is the server's. */
  Response answer(Request request, Throwable cause) {
    Response response =
        errors.shape(request.headers(), SERVER_ERROR, "internal server error", cause);
    if (response.status() >= SERVER_ERROR && !errors.isAnswer(cause)) {
      log(request, cause);
    }
    return response;
  }

  /** Says in the log that an answer failed. */
  void log(Request request, Throwable cause) {
    LOG.error("{} failed", request, cause);
  }
}

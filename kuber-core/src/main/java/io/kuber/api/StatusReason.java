package io.kuber.api;

/** The reasons of a failed request and the HTTP status each stands for (meta/v1 StatusReason). */
public enum StatusReason {
  /** Nobody says why, as webhooks may. */
  UNKNOWN("", 400),
  /** The request makes no sense. */
  BAD_REQUEST("BadRequest", 400),
  /** Nobody is authenticated. */
  UNAUTHORIZED("Unauthorized", 401),
  /** The user may not do this, or nobody may. */
  FORBIDDEN("Forbidden", 403),
  /** There is no such object or resource. */
  NOT_FOUND("NotFound", 404),
  /** The resource does not have this verb. */
  METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
  /** No media type that the client accepts can be offered. */
  NOT_ACCEPTABLE("NotAcceptable", 406),
  /** An object of this name is there already. */
  ALREADY_EXISTS("AlreadyExists", 409),
  /** The object changed in between, or a precondition does not hold. */
  CONFLICT("Conflict", 409),
  /** The revision asked for is too old. */
  EXPIRED("Expired", 410),
  /** The body is larger than the server takes. */
  REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
  /** The body is in a format that the server does not read. */
  UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415),
  /** The object is not valid; causes name the fields. */
  INVALID("Invalid", 422),
  /** The client is to wait and ask again. */
  TOO_MANY_REQUESTS("TooManyRequests", 429),
  /** The server is at fault. */
  INTERNAL_ERROR("InternalError", 500),
  /** The server cannot serve this now. */
  SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
  /** The server did not finish in time. */
  TIMEOUT("Timeout", 504);

  private final String text;
  private final int code;

  StatusReason(String text, int code) {
    this.text = text;
    this.code = code;
  }

  /** The reason as it stands in a Status object. */
  public String text() {
    return text;
  }

  /** The HTTP status code. */
  public int code() {
    return code;
  }
}

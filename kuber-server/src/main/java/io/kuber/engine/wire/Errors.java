package io.kuber.engine.wire;

import io.kuber.http.ErrorShape;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;

/** Errors as Docker's clients read them: {@code {"message": ...}}. */
public final class Errors {
  /** The form of errors that the server itself finds, and of accidents. */
  public static final ErrorShape SHAPE =
      (asked, status, message, cause) ->
          cause instanceof MalformedException
              ? response(400, String.valueOf(cause.getMessage()))
              : response(status, cause == null ? message : message + ": " + cause.getMessage());

  private Errors() {}

  /** An error for the client. */
  static Response response(int status, String message) {
    byte[] body = Json.print(Tree.of("message", message));
    return Response.of(status, "application/json", body).orElse(Routes.ALWAYS);
  }
}

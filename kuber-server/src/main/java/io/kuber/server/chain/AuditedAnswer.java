package io.kuber.server.chain;

import io.kuber.api.ApiException;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.server.audit.Contents;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the answer to a request.
 *
 * @param code of HTTP; 0 before there is one
 * @param status a Status that says it, unless the body does
 * @param body as far as it is kept
 */
record AuditedAnswer(int code, Tree status, Optional<AnswerCopy> body) {
  static final AuditedAnswer NONE = new AuditedAnswer(0, Tree.EMPTY, Optional.empty());

  /** As upstream says it of a client that is gone before it has its answer. */
  static final AuditedAnswer CLOSED_EARLY =
      new AuditedAnswer(
          200,
          Tree.of("status", "Success", "message", "Connection closed early"),
          Optional.empty());

  private static final int INTERNAL_ERROR = 500;

  /** What a client is told whose time is up, whatever was found out behind that. */
  private static final AuditedAnswer TIMED_OUT =
      new AuditedAnswer(
          504,
          Tree.of(
              "status",
              "Failure",
              "message",
              "Timeout: request did not complete within the allotted timeout",
              "reason",
              "Timeout"),
          Optional.empty());

  /** A failure that is answered as such. */
  static AuditedAnswer of(ApiException refused) {
    byte[] body = Json.print(refused.toStatus());
    return of(Response.of(refused.code(), "application/json", body), true);
  }

  /** A fault of the server. */
  static AuditedAnswer ofPanic(Throwable fault) {
    Tree status =
        Tree.of(
            "status",
            "Failure",
            "message",
            "APIServer panic'd: " + fault,
            "reason",
            "InternalError");
    return new AuditedAnswer(INTERNAL_ERROR, status, Optional.empty());
  }

  /** An answer as a whole; its body is kept if it is wanted. */
  static AuditedAnswer of(Response response, boolean isWanted) {
    if (!isWanted) {
      return new AuditedAnswer(response.status(), Tree.EMPTY, Optional.empty());
    }
    AnswerCopy copy = new AnswerCopy(response.headers());
    copy.write(response.body());
    return of(response.status(), copy);
  }

  /** An answer bit by bit. */
  static AuditedAnswer of(int status, AnswerCopy copy) {
    return new AuditedAnswer(status, Tree.EMPTY, Optional.of(copy));
  }

  /** This, or the other one while nothing is known. */
  AuditedAnswer or(AuditedAnswer other) {
    return code == 0 ? other : this;
  }

  /** This, unless the client got another status, as when time was up. */
  AuditedAnswer with(int sent) {
    if (sent == 0 || sent == code) {
      return this;
    }
    return sent == TIMED_OUT.code
        ? TIMED_OUT
        : new AuditedAnswer(sent, Tree.EMPTY, Optional.empty());
  }

  /** Whether there was too much of it to be told. */
  boolean isCut() {
    return body.map(AnswerCopy::isCut).orElse(false);
  }

  long bytes() {
    return body.map(AnswerCopy::size).orElse(0);
  }

  /**
   * As an event tells it.
   *
   * @param sent by the client; null to say nothing of it
   * @param wholeAnswer whether the answer itself is told
   */
  Contents contents(@Nullable Object sent, boolean wholeAnswer) {
    if (code == 0) {
      return new Contents(Tree.EMPTY, sent, null);
    }
    Optional<Tree> object = body.flatMap(AnswerCopy::object);
    Tree said = object.filter(tree -> tree.text("kind").equals("Status")).orElse(status);
    return new Contents(printed(said), sent, wholeAnswer ? object.orElse(null) : null);
  }

  /** The fields that upstream copies of a Status. */
  private Tree printed(Tree said) {
    Tree.Builder printed = Tree.builder().put("metadata", Tree.EMPTY);
    for (String field : new String[] {"status", "message", "reason", "details"}) {
      if (said.has(field) && !said.text(field).isEmpty() || field.equals("details")) {
        printed.putIfPresent(field, said.get(field));
      }
    }
    return printed.put("code", (long) code).build();
  }
}

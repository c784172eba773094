package io.kuber.node.image.registry;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.node.image.registry.SourceException.Kind;
import io.kuber.object.Tree;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What an answer that is none means (distribution-spec, Error Codes). */
final class Refusal {
  private static final int LONGEST_REASON = 300;

  /** However long a registry wants to be left alone: a pod waits. */
  private static final long LONGEST_PAUSE_SECONDS = 30;

  private Refusal() {}

  static SourceException of(HttpResponse<?> answer, byte[] body, String what) {
    int status = answer.statusCode();
    String reason = reason(body);
    // Answers to HEAD have no body that could say so.
    String why =
        status == 401 && reason.isEmpty() ? " (unauthorized: authentication required)" : reason;
    String message = what + ": " + status + why;
    return switch (status) {
      case 404 -> new SourceException(Kind.ABSENT, what + ": not found" + reason);
      case 401, 403 -> new SourceException(Kind.DENIED, message);
      case 408, 425, 429 -> new SourceException(Kind.BUSY, message, pause(answer));
      default ->
          status >= 500
              ? new SourceException(Kind.BUSY, message, pause(answer))
              : new SourceException(Kind.WRONG, message);
    };
  }

  private static Duration pause(HttpResponse<?> answer) {
    String after = answer.headers().firstValue("Retry-After").orElse("");
    boolean seconds = after.matches("[0-9]{1,9}");
    return Duration.ofSeconds(seconds ? Math.min(Long.parseLong(after), LONGEST_PAUSE_SECONDS) : 0);
  }

  private static String reason(byte[] body) {
    try {
      List<Tree> errors = Json.parse(body).items("errors").trees();
      if (errors.isEmpty()) {
        return "";
      }
      String code = errors.get(0).text("code").toLowerCase(Locale.ROOT).replace('_', ' ');
      String reason = code + ": " + errors.get(0).text("message");
      return " (" + reason.substring(0, Math.min(reason.length(), LONGEST_REASON)) + ")";
    } catch (MalformedException | ClassCastException e) {
      return "";
    }
  }
}

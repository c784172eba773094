package io.kuber.server.chain;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.loop.Loop;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers what takes too long with a timeout; watches and streams may last (k8s.io/apiserver,
 * pkg/endpoints/filters/request_deadline.go and pkg/server/filters/timeout.go). What was begun goes
 * on, but its answer comes too late.
 */
final class Deadline implements Link {
  /** The longest a request may take; a client may ask for less ({@code ?timeout=5s}). */
  static final Duration LONGEST = Duration.ofSeconds(60);

  /** The part of Go's durations that clients send: {@code 1m30s}, {@code 500ms}. */
  private static final Pattern GO_DURATION =
      Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private final Loop loop;

  Deadline(Loop loop) {
    this.loop = loop;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    if (!request.isLongRunning()) {
      Duration limit = limit(request);
      Loop.Timer timer = loop.schedule(limit, () -> request.expire(tooLate()));
      request.exchange().onClose(timer::cancel);
    }
    next.handle(request);
  }

  /** How long the request may take. */
  static Duration limit(ServerRequest request) {
    String wanted = request.request().query().first("timeout").orElse("");
    if (wanted.isEmpty()) {
      return LONGEST;
    }
    Duration duration =
        parse(wanted)
            .orElseThrow(
                () ->
                    new ApiException(
                        StatusReason.BAD_REQUEST,
                        "invalid timeout specified in the request URL - time: invalid duration \""
                            + wanted
                            + '"'));
    return duration.isZero() || duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
  }

  private static Optional<Duration> parse(String text) {
    Matcher parts = GO_DURATION.matcher(text);
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofHours(part(parts, 1))
            .plusMinutes(part(parts, 2))
            .plusSeconds(part(parts, 3))
            .plusMillis(part(parts, 4)));
  }

  private static long part(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
  }

  private static ApiException tooLate() {
    return new ApiException(
        StatusReason.TIMEOUT,
        "Timeout: request did not complete within the allotted timeout",
        ApiException.Details.NONE);
  }
}

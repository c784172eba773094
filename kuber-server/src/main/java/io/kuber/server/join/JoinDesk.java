package io.kuber.server.join;

import io.kuber.api.ApiException;
import io.kuber.api.Failures;
import io.kuber.api.StatusReason;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.server.chain.RequestHandler;
import io.kuber.server.chain.ServerRequest;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers those who want to join: anybody may ask, and who shows no good token is told so. Decides
 * on the latest image, since a token may have been made at another server a moment ago.
 */
public final class JoinDesk implements RequestHandler {
  /** The path of requests to join; besides the token nothing is asked for. */
  public static final String PATH = "kuber/join";

  /** What a request to join may have; a real one has about a hundred bytes. */
  private static final int BODY_BYTES = 4 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(JoinDesk.class);

  private final Supplier<CompletionStage<Image>> latest;
  private final Supplier<List<String>> members;
  private final Supplier<JoinGrant> grant;
  private final InstantSource clock;

  /**
   * A desk of one cluster.
   *
   * @param members the names of the servers there are now
   * @param grant what is handed over; asked for at each admission
   */
  public JoinDesk(
      Supplier<CompletionStage<Image>> latest,
      Supplier<List<String>> members,
      Supplier<JoinGrant> grant,
      InstantSource clock) {
    this.latest = latest;
    this.members = members;
    this.grant = grant;
    this.clock = clock;
  }

  @Override
  public void handle(ServerRequest request) {
    JoinRequest asked = read(request);
    Object from = request.request().peer().address();
    latest
        .get()
        .thenApply(image -> answer(asked, from, image))
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                request.respond(answer);
              } else {
                request.fail(Failures.of(failure));
              }
            });
  }

  private static JoinRequest read(ServerRequest request) {
    if (!request.request().method().equals("POST")) {
      throw new ApiException(StatusReason.METHOD_NOT_ALLOWED, "to join is to POST");
    }
    byte[] body = request.request().body();
    if (body.length > BODY_BYTES) {
      throw new ApiException(
          StatusReason.REQUEST_ENTITY_TOO_LARGE,
          "a request to join has at most " + BODY_BYTES + " bytes");
    }
    try {
      return JoinRequest.of(Json.parse(body));
    } catch (MalformedException e) {
      throw new ApiException(StatusReason.BAD_REQUEST, "the request to join is no JSON object");
    }
  }

  /** What a stranger calls himself stands in the log only once he is none. */
  private Response answer(JoinRequest asked, Object from, Image image) {
    JoinPlan plan = JoinPlan.decide(asked, id -> token(image, id), members.get(), clock.instant());
    if (plan instanceof JoinPlan.Refuse refused) {
      LOG.warn("{} may not join: {}", from, refused.message());
      throw new ApiException(refused.reason(), refused.message());
    }
    LOG.info("{} at {} may join as a server and is given the keys", asked.name(), from);
    return Response.of(200, "application/json", Json.print(grant.get().tree()));
  }

  private static Optional<TokenSecret> token(Image image, String id) {
    Stored secret = image.get(TokenSecret.key(id));
    return secret == null ? Optional.empty() : TokenSecret.of(secret.passing());
  }
}

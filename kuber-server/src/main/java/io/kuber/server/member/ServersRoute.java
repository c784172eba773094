package io.kuber.server.member;

import com.google.common.base.Throwables;
import io.kuber.api.ApiException;
import io.kuber.api.Failures;
import io.kuber.api.StatusReason;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import io.kuber.raft.Member;
import io.kuber.raft.Members;
import io.kuber.raft.MembershipException;
import io.kuber.server.chain.RequestHandler;
import io.kuber.server.chain.ServerRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of the cluster: {@code GET /kuber/servers} lists them, {@code POST} adds one that has
 * started to join, {@code DELETE /kuber/servers/NAME} removes one, {@code POST
 * /kuber/servers/NAME/lead} makes one the leader. Whichever server is asked, the leader does it.
 */
public final class ServersRoute implements RequestHandler {
  /** The path of all servers. */
  public static final String PATH = "kuber/servers";

  private static final int BODY_BYTES = 4 << 10;
  private static final Tree SUCCESS =
      Tree.of("kind", "Status", "apiVersion", "v1", "status", "Success");
  private static final Logger LOG = LoggerFactory.getLogger(ServersRoute.class);

  private final Members members;

  /** Answers about the members of a store. */
  public ServersRoute(Members members) {
    this.members = members;
  }

  /** What a server says that wants to be added. */
  public static byte[] joining(Member self) {
    return Json.print(MemberText.of(self));
  }

  @Override
  public void handle(ServerRequest request) {
    List<String> path = request.request().segments();
    String name = path.size() > 2 ? path.get(2) : "";
    String deed = path.size() > 3 ? path.get(3) : "";
    String asked = request.request().method() + " " + path.size();
    CompletionStage<Tree> done =
        switch (asked) {
          case "GET 2" -> members.status().thenApply(MemberText::list);
          case "POST 2" -> add(request);
          case "DELETE 3" -> {
            LOG.info("server {} is removed, as {} wants", name, request.user().name());
            yield members.remove(name).thenApply(removed -> SUCCESS);
          }
          case "POST 4" -> lead(name, deed);
          default ->
              throw new ApiException(
                  StatusReason.METHOD_NOT_ALLOWED, "servers are listed, added, removed, or lead");
        };
    answer(request, done);
  }

  private CompletionStage<Tree> add(ServerRequest request) {
    byte[] body = request.request().body();
    if (body.length > BODY_BYTES) {
      throw new ApiException(
          StatusReason.REQUEST_ENTITY_TOO_LARGE,
          "what a server says of itself has at most " + BODY_BYTES + " bytes");
    }
    try {
      Member joiner = MemberText.member(Json.parse(body));
      LOG.info("server {} is added", joiner);
      return members.add(joiner).thenApply(added -> SUCCESS);
    } catch (MalformedException | IllegalArgumentException e) {
      throw new ApiException(StatusReason.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private CompletionStage<Tree> lead(String name, String deed) {
    if (!deed.equals("lead")) {
      throw new ApiException(StatusReason.NOT_FOUND, "a server cannot " + deed);
    }
    return members.transfer(name).thenApply(transferred -> SUCCESS);
  }

  private static void answer(ServerRequest request, CompletionStage<Tree> done) {
    done.whenComplete(
        (tree, failure) -> {
          if (failure == null) {
            request.respond(Response.of(200, "application/json", Json.print(tree)));
          } else {
            request.fail(failure(failure));
          }
        });
  }

  private static ApiException failure(Throwable failure) {
    return Throwables.getRootCause(failure) instanceof MembershipException refused
        ? new ApiException(
            switch (refused.reason()) {
              case UNKNOWN_SERVER -> StatusReason.NOT_FOUND;
              case CONFLICT -> StatusReason.CONFLICT;
            },
            String.valueOf(refused.getMessage()))
        : Failures.of(failure);
  }
}

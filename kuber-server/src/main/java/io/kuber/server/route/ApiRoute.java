package io.kuber.server.route;

import io.kuber.api.Api;
import io.kuber.api.ApiAnswer;
import io.kuber.api.ApiException;
import io.kuber.api.ApiRequest;
import io.kuber.api.StatusReason;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.format.Format;
import io.kuber.server.format.Protobufs;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;

/** Requests for objects: from HTTP to the API, and its answer back in the format asked for. */
final class ApiRoute {
  private final Api api;
  private final WatchStreams watches;
  private final ListStreams lists;
  private final InstantSource clock;

  ApiRoute(Api api, WatchStreams watches, ListStreams lists, InstantSource clock) {
    this.api = api;
    this.watches = watches;
    this.lists = lists;
    this.clock = clock;
  }

  /** Answers now or later. */
  void handle(ServerRequest request, RequestPath path, Served served) {
    String accept = request.request().headers().joined("Accept");
    boolean hasMessage = Protobufs.know(served, path.subresource());
    Format format =
        request.isWatch()
            ? Format.ofStream(accept, hasMessage)
            : Format.negotiate(accept, hasMessage);
    Verb verb = verb(request, path);
    ApiRequest asked =
        Bodies.withBody(Options.request(request, path, served, verb), request, hasMessage);
    request.trace().isAbout(asked.target());
    request.trace().carries(asked.body());
    api.handle(asked.with(request.trace()))
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                request.fail(cause(failure));
              } else {
                answer(request, answer, format, served);
              }
            });
  }

  private void answer(ServerRequest request, ApiAnswer answer, Format format, Served served) {
    try {
      if (answer instanceof ApiAnswer.Watching watching) {
        watches.serve(request, watching, new Rendering(format, watching.served(), clock, request));
      } else if (answer instanceof ApiAnswer.Many many) {
        lists.serve(request, many, new Rendering(format, many.served(), clock, request));
      } else {
        request.respond(Answers.response(answer, format, served, clock, request));
      }
    } catch (RuntimeException e) {
      request.fail(e);
    }
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** The verb of a method and a path (k8s.io/apiserver, pkg/endpoints/request). */
  private static Verb verb(ServerRequest request, RequestPath path) {
    boolean one = !path.name().isEmpty();
    return switch (request.request().method()) {
      case "GET", "HEAD" -> request.isWatch() ? Verb.WATCH : one ? Verb.GET : Verb.LIST;
      case "POST" -> Verb.CREATE;
      case "PUT" -> Verb.UPDATE;
      case "PATCH" -> Verb.PATCH;
      case "DELETE" -> one ? Verb.DELETE : Verb.DELETE_COLLECTION;
      default ->
          throw new ApiException(
              StatusReason.METHOD_NOT_ALLOWED,
              "the server does not allow this method on the requested resource");
    };
  }
}

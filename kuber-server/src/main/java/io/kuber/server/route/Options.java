package io.kuber.server.route;

import io.kuber.api.ApiRequest;
import io.kuber.api.ReadOptions;
import io.kuber.api.WriteOptions;
import io.kuber.api.WriteOptions.FieldValidation;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.http.Query;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;
import org.jspecify.annotations.Nullable;

/** What the parameters of a query ask for (meta/v1 ListOptions, CreateOptions, DeleteOptions). */
final class Options {
  private Options() {}

  /**
   * The request that a query makes; throws BadRequest or Invalid with the name of the parameter.
   */
  static ApiRequest request(ServerRequest request, RequestPath path, Served served, Verb verb) {
    Query query = request.request().query();
    OptionsCheck.check(verb, query);
    return ApiRequest.of(verb, served.type(), path.namespace(), path.name(), request.user())
        .of(path.subresource())
        .with(read(query, path))
        .with(write(query, request))
        .with(delete(query));
  }

  private static ReadOptions read(Query query, RequestPath path) {
    return new ReadOptions(
        text(query, "labelSelector"),
        fieldSelector(query, path),
        text(query, "resourceVersion"),
        text(query, "resourceVersionMatch"),
        number(query, "limit", 0),
        text(query, "continue"),
        (int) Math.min(Integer.MAX_VALUE, number(query, "timeoutSeconds", 0)),
        query.isTrue("allowWatchBookmarks"),
        initialEvents(query));
  }

  /** {@code /watch/pods/NAME} is a watch of one object. */
  private static String fieldSelector(Query query, RequestPath path) {
    String selector = text(query, "fieldSelector");
    if (path.name().isEmpty() || !path.watch()) {
      return selector;
    }
    String one = "metadata.name=" + path.name();
    return selector.isEmpty() ? one : one + "," + selector;
  }

  private static @Nullable Boolean initialEvents(Query query) {
    return query.has("sendInitialEvents") ? query.isTrue("sendInitialEvents") : null;
  }

  private static WriteOptions write(Query query, ServerRequest request) {
    return new WriteOptions(
        !text(query, "dryRun").isEmpty(),
        text(query, "fieldManager"),
        program(request.request().headers().first("User-Agent").orElse("")),
        fieldValidation(query),
        query.has("force") ? query.isTrue("force") : null);
  }

  /** The program in front of a user agent such as {@code kubectl/v1.36 (linux)}. */
  private static String program(String agent) {
    int slash = agent.indexOf('/');
    return OptionsCheck.manager(slash < 0 ? agent : agent.substring(0, slash));
  }

  private static FieldValidation fieldValidation(Query query) {
    return switch (text(query, "fieldValidation")) {
      case "Ignore" -> FieldValidation.IGNORE;
      case "Strict" -> FieldValidation.STRICT;
      default -> FieldValidation.WARN;
    };
  }

  /** A negative grace period counts as a second (k8s.io/apiserver, pkg/registry/rest/delete.go). */
  private static DeleteOptions delete(Query query) {
    String policy = text(query, "propagationPolicy");
    if (policy.isEmpty() && query.has("orphanDependents")) {
      policy = query.isTrue("orphanDependents") ? "Orphan" : "Background";
    }
    boolean hasGrace = !text(query, "gracePeriodSeconds").isEmpty();
    long grace = number(query, "gracePeriodSeconds", -1);
    return new DeleteOptions(hasGrace && grace < 0 ? 1 : grace, policy, "", "");
  }

  private static String text(Query query, String name) {
    return query.first(name).orElse("");
  }

  private static long number(Query query, String name, long otherwise) {
    String value = text(query, name);
    return value.isEmpty() ? otherwise : OptionsCheck.number(name, value);
  }
}

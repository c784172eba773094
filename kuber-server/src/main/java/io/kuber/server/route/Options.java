package io.kuber.server.route;

import io.kuber.api.ApiException;
import io.kuber.api.ApiRequest;
import io.kuber.api.ReadOptions;
import io.kuber.api.StatusReason;
import io.kuber.api.WriteOptions;
import io.kuber.api.WriteOptions.FieldValidation;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.http.Query;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parameters of a query ask for (meta/v1 ListOptions, CreateOptions, DeleteOptions). */
final class Options {
  /** The longest name of a field manager. */
  private static final int MAX_MANAGER = 128;

  private Options() {}

  static ApiRequest request(ServerRequest request, RequestPath path, Served served, Verb verb) {
    Query query = request.request().query();
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
    return new WriteOptions(dryRun(query), fieldManager(query, request), fieldValidation(query));
  }

  private static boolean dryRun(Query query) {
    List<String> values = query.all("dryRun").stream().filter(v -> !v.isEmpty()).toList();
    for (String value : values) {
      if (!value.equals("All")) {
        throw invalid("dryRun: Unsupported value: \"" + value + "\": supported values: \"All\"");
      }
    }
    return !values.isEmpty();
  }

  /** The manager that the client names, or the program in front of its user agent. */
  private static String fieldManager(Query query, ServerRequest request) {
    String manager = text(query, "fieldManager");
    if (manager.length() > MAX_MANAGER) {
      throw invalid("fieldManager: Too long: may not be more than " + MAX_MANAGER + " bytes");
    }
    if (!manager.isEmpty()) {
      return manager;
    }
    String agent = request.request().headers().first("User-Agent").orElse("unknown");
    int slash = agent.indexOf('/');
    return slash < 0 ? agent : agent.substring(0, slash);
  }

  private static FieldValidation fieldValidation(Query query) {
    String value = text(query, "fieldValidation");
    return switch (value) {
      case "", "Warn" -> FieldValidation.WARN;
      case "Ignore" -> FieldValidation.IGNORE;
      case "Strict" -> FieldValidation.STRICT;
      default ->
          throw invalid(
              "fieldValidation: Unsupported value: \""
                  + value
                  + "\": supported values: \"Ignore\", \"Strict\", \"Warn\"");
    };
  }

  private static DeleteOptions delete(Query query) {
    String policy = text(query, "propagationPolicy");
    if (policy.isEmpty() && query.has("orphanDependents")) {
      policy = query.isTrue("orphanDependents") ? "Orphan" : "Background";
    }
    return new DeleteOptions(number(query, "gracePeriodSeconds", -1), policy, "", "");
  }

  private static String text(Query query, String name) {
    return query.first(name).orElse("");
  }

  private static long number(Query query, String name, long otherwise) {
    String value = text(query, name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new ApiException(
          StatusReason.BAD_REQUEST, name + ": \"" + value + "\" is not a whole number");
    }
  }

  private static ApiException invalid(String message) {
    return new ApiException(StatusReason.INVALID, message);
  }
}

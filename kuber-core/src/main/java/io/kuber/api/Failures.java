package io.kuber.api;

import io.kuber.api.ApiException.Cause;
import io.kuber.api.ApiException.Details;
import io.kuber.managed.Applied;
import io.kuber.resource.Problem;
import io.kuber.resource.ResourceType;
import io.kuber.resource.custom.ConversionException;
import io.kuber.store.Key;
import io.kuber.store.SealedException;
import io.kuber.store.StoreException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The failures of the API in the words of Kubernetes (apimachinery, pkg/api/errors). */
public final class Failures {
  /** When a client may try once more to have a name made up. */
  private static final int RETRY_SECONDS = 1;

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** The path names nothing that is served, perhaps not any more. */
  public static ApiException unknownResource() {
    return new ApiException(
        StatusReason.NOT_FOUND, "the server could not find the requested resource");
  }

  /** {@code pods "x" not found}. */
  public static ApiException notFound(ResourceType type, String name) {
    return of(
        StatusReason.NOT_FOUND, type, name, type.qualifiedName() + " \"" + name + "\" not found");
  }

  /** {@code deployments.apps "x" already exists}. */
  public static ApiException alreadyExists(ResourceType type, String name) {
    return of(
        StatusReason.ALREADY_EXISTS,
        type,
        name,
        type.qualifiedName() + " \"" + name + "\" already exists");
  }

  /** All the names that were made up are taken; the client may try again. */
  static ApiException noUniqueName(ResourceType type, String lastTried) {
    return new ApiException(
        StatusReason.ALREADY_EXISTS,
        type.qualifiedName()
            + " \""
            + lastTried
            + "\" already exists, the server was not able to generate a unique name for the object",
        new Details(lastTried, type.group(), type.plural(), "", List.of(), RETRY_SECONDS));
  }

  /** Others own fields that an applied configuration would change. */
  static ApiException applyConflict(Applied.Conflicted conflicted) {
    List<Cause> causes =
        conflicted.conflicts().stream()
            .map(found -> new Cause("FieldManagerConflict", found.message(), found.field()))
            .toList();
    return new ApiException(
        StatusReason.CONFLICT, conflicted.message(), new Details("", "", "", "", causes, 0));
  }

  /** The object changed since the client read it. */
  public static ApiException modified(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  /** The request cannot be fulfilled on the object as it is. */
  public static ApiException conflict(ResourceType type, String name, String why) {
    return of(
        StatusReason.CONFLICT,
        type,
        name,
        "Operation cannot be fulfilled on " + type.qualifiedName() + " \"" + name + "\": " + why);
  }

  /** Nobody, or not this user, may do it. */
  public static ApiException forbidden(
      ResourceType type, String name, String why, Cause... causes) {
    return new ApiException(
        StatusReason.FORBIDDEN,
        type.qualifiedName() + " \"" + name + "\" is forbidden: " + why,
        new Details(name, type.group(), type.plural(), "", List.of(causes), 0));
  }

  /** The request makes no sense. */
  public static ApiException badRequest(String message) {
    return new ApiException(StatusReason.BAD_REQUEST, message);
  }

  /** The resource does not have the verb. */
  public static ApiException methodNotAllowed() {
    return new ApiException(
        StatusReason.METHOD_NOT_ALLOWED,
        "the server does not allow this method on the requested resource");
  }

  /** The object is not valid: {@code Pod "x" is invalid: spec...}. */
  public static ApiException invalid(ResourceType type, String name, List<Problem> problems) {
    return invalid(type.group(), type.kind(), name, problems);
  }

  /** The options of the request are not valid. */
  public static ApiException invalidOptions(String kind, List<Problem> problems) {
    return invalid("meta.k8s.io", kind, "", problems);
  }

  /** An object that is no resource of its own is not valid. */
  static ApiException invalid(String group, String kind, String name, List<Problem> problems) {
    String qualifiedKind = group.isEmpty() ? kind : kind + "." + group;
    List<Cause> causes =
        problems.stream().map(p -> new Cause(p.type(), p.message(), p.field())).toList();
    return new ApiException(
        StatusReason.INVALID,
        qualifiedKind + " \"" + name + "\" is invalid: " + joined(problems),
        new Details(name, group, kind, "", causes, 0));
  }

  private static String joined(List<Problem> problems) {
    Set<String> texts = new LinkedHashSet<>();
    problems.forEach(problem -> texts.add(problem.toString()));
    return texts.size() == 1 ? texts.iterator().next() : "[" + String.join(", ", texts) + "]";
  }

  /** The server is at fault; {@code message} says what it lacks. */
  public static ApiException internal(String message) {
    return new ApiException(StatusReason.INTERNAL_ERROR, "Internal error occurred: " + message);
  }

  /** The revision asked for is gone. */
  public static ApiException expired(String message) {
    return new ApiException(StatusReason.EXPIRED, message);
  }

  /** The page asked for is gone; {@code continueToken} goes on without it. */
  static ApiException expired(String message, String continueToken) {
    return new ApiException(
        StatusReason.EXPIRED, message, new Details("", "", "", "", List.of(), 0), continueToken);
  }

  /** The revision asked for is not there yet. */
  static ApiException tooLargeResourceVersion(long wanted, long current) {
    return new ApiException(
        StatusReason.TIMEOUT,
        "Timeout: Too large resource version: " + wanted + ", current: " + current,
        new Details(
            "",
            "",
            "",
            "",
            List.of(new Cause("ResourceVersionTooLarge", "Too large resource version", "")),
            1));
  }

  static ApiException tooBusy(Key key) {
    return new ApiException(
        StatusReason.TOO_MANY_REQUESTS,
        key + " changes too fast for this write to take effect; try again",
        new Details(key.name(), "", key.resource(), "", List.of(), 1));
  }

  /** Clients repeat by themselves what says when; the store has waited for others long enough. */
  static ApiException storeUnavailable(StoreException refused) {
    return new ApiException(
        reason(refused),
        String.valueOf(refused.getMessage()),
        new Details("", "", "", "", List.of(), refused.isOverload() ? 1 : 0));
  }

  private static StatusReason reason(StoreException refused) {
    if (refused.isOverload()) {
      return StatusReason.TOO_MANY_REQUESTS;
    }
    return refused.outcomeUnknown() ? StatusReason.TIMEOUT : StatusReason.SERVICE_UNAVAILABLE;
  }

  /** The failure of a stage as the API's own; anything unexpected is the server's fault. */
  public static ApiException of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ApiException known) {
      return known;
    }
    if (cause instanceof StoreException refused) {
      return storeUnavailable(refused);
    }
    if (cause instanceof SealedException sealed) {
      return internal(String.valueOf(sealed.getMessage()));
    }
    if (cause instanceof ConversionException webhook) {
      return new ApiException(StatusReason.INTERNAL_ERROR, String.valueOf(webhook.getMessage()));
    }
    LOG.error("a request failed for a reason that is a bug", cause);
    return new ApiException(
        StatusReason.INTERNAL_ERROR, "Internal error occurred: " + cause.getMessage());
  }

  private static ApiException of(
      StatusReason reason, ResourceType type, String name, String message) {
    return new ApiException(
        reason, message, new Details(name, type.group(), type.plural(), "", List.of(), 0));
  }
}

package io.kuber.api;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Deed.OnPath;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Ruling;
import io.kuber.access.User;
import io.kuber.api.ApiException.Details;
import io.kuber.selector.FieldSelector;
import io.kuber.selector.FieldSelector.Term;
import io.kuber.selector.InvalidSelectorException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests as deeds that somebody may do or not, and the words in which they are refused
 * (k8s.io/apiserver, pkg/endpoints/request and pkg/endpoints/handlers/responsewriters).
 */
public final class Deeds {
  private static final Set<String> OF_MANY = Set.of("list", "watch", "deletecollection");
  private static final Set<String> READS_OF_MANY = Set.of("list", "watch");

  private Deeds() {}

  /** What a request of a client in the process is about to do. */
  static OnResource of(ApiRequest request) {
    return completed(
        new OnResource(
            request.verb().text(),
            request.type().group(),
            request.type().version(),
            request.type().plural(),
            request.subresource(),
            request.namespace(),
            request.name()),
        request.read().fieldSelector());
  }

  /**
   * A deed with what only its context tells: an object of resource {@code namespaces} is in the
   * namespace that it is, and a selector may name the one object that is meant.
   *
   * @param fieldSelector as the client sent it; one that cannot be read selects nothing in
   *     particular here and is refused later
   */
  public static OnResource completed(OnResource deed, String fieldSelector) {
    boolean many = deed.name().isEmpty() && OF_MANY.contains(deed.verb());
    Map<String, String> fields =
        many && !fieldSelector.isEmpty() ? required(fieldSelector) : Map.of();
    String name =
        READS_OF_MANY.contains(deed.verb()) && deed.name().isEmpty()
            ? pathSegment(fields.getOrDefault("metadata.name", ""))
            : deed.name();
    boolean ofNamespace = deed.group().isEmpty() && deed.resource().equals("namespaces");
    String namespace = ofNamespace && !deed.name().isEmpty() ? deed.name() : deed.namespace();
    return new OnResource(
        deed.verb(),
        deed.group(),
        deed.version(),
        deed.resource(),
        deed.subresource(),
        namespace,
        name,
        fields);
  }

  /** What cannot stand in a path names nothing. */
  private static String pathSegment(String name) {
    boolean unfit =
        name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%");
    return unfit ? "" : name;
  }

  private static Map<String, String> required(String fieldSelector) {
    try {
      Map<String, String> fields = new HashMap<>();
      for (Term term : FieldSelector.parse(fieldSelector).terms()) {
        if (!term.negated()) {
          fields.put(term.field(), term.value());
        }
      }
      return fields;
    } catch (InvalidSelectorException unreadable) {
      return Map.of();
    }
  }

  /** Refuses the deed unless the user may do it. */
  public static void require(Authorizer authorizer, User user, Deed deed) {
    require(user, deed, authorizer.rule(user, deed));
  }

  /** Refuses the deed unless it was ruled that the user may do it. */
  public static void require(User user, Deed deed, Ruling ruling) {
    if (!ruling.allowed()) {
      throw forbidden(user, deed, ruling.reason());
    }
  }

  private static ApiException forbidden(User user, Deed deed, String reason) {
    String why = sanitized(cannot(user, deed)) + (reason.isEmpty() ? "" : ": " + reason);
    if (!(deed instanceof OnResource on)) {
      return new ApiException(StatusReason.FORBIDDEN, "forbidden: " + why, Details.NONE);
    }
    String group = on.group().isEmpty() ? "" : "." + on.group();
    String name = on.name().isEmpty() ? "" : " \"" + on.name() + "\"";
    return new ApiException(
        StatusReason.FORBIDDEN,
        on.resource() + group + name + " is forbidden: " + why,
        new Details(on.name(), on.group(), on.resource(), "", List.of(), 0));
  }

  private static String cannot(User user, Deed deed) {
    String start = "User \"" + user.name() + "\" cannot " + deed.verb();
    if (deed instanceof OnPath onPath) {
      return start + " path \"" + onPath.path() + "\"";
    }
    OnResource on = (OnResource) deed;
    return "%s resource \"%s\" in API group \"%s\" %s"
        .formatted(
            start,
            on.target(),
            on.group(),
            on.namespace().isEmpty()
                ? "at the cluster scope"
                : "in the namespace \"" + on.namespace() + "\"");
  }

  /** What came with the request might be shown by a browser. */
  private static String sanitized(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

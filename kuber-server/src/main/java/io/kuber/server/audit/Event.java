package io.kuber.server.audit;

import static java.util.Collections.unmodifiableMap;

import io.kuber.access.User;
import io.kuber.object.Tree;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One stage of one request, as {@code audit.k8s.io/v1} tells it.
 *
 * @param received when the request came
 * @param at when it reached the stage
 * @param impersonated whom its sender acts as
 * @param about the object or the resource that it is about; empty for other paths
 * @param contents is asked on the loop of the audit, since it may have to parse
 * @param bytes how much memory is held, about
 * @param annotations what links and admission had to say
 */
public record Event(
    Plan plan,
    Stage stage,
    Instant received,
    Instant at,
    Asked asked,
    Optional<User> impersonated,
    Tree about,
    Supplier<Contents> contents,
    long bytes,
    Map<String, String> annotations) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** Copies the annotations, in order of their names. */
  public Event {
    annotations = unmodifiableMap(new TreeMap<>(annotations));
  }

  /** The event as an object, with its fields in the order of upstream. */
  Tree tree() {
    Tree.Builder event =
        Tree.builder()
            .put("kind", "Event")
            .put("apiVersion", "audit.k8s.io/v1")
            .put("level", plan.level().text())
            .put("auditID", asked.id())
            .put("stage", stage.text());
    asked.print(event);
    impersonated.ifPresent(user -> event.put("impersonatedUser", Asked.user(user)));
    asked.printOrigin(event);
    if (!about.isEmpty()) {
      event.put("objectRef", about);
    }
    print(plan.omitManagedFields() ? contents.get().withoutManagedFields() : contents.get(), event);
    event
        .put("requestReceivedTimestamp", TIME.format(received))
        .put("stageTimestamp", TIME.format(at));
    if (!annotations.isEmpty()) {
      event.put("annotations", Tree.ofTexts(annotations));
    }
    return event.build();
  }

  private static void print(Contents contents, Tree.Builder event) {
    if (!contents.status().isEmpty()) {
      event.put("responseStatus", contents.status());
    }
    event.putIfPresent("requestObject", contents.sent());
    event.putIfPresent("responseObject", contents.answered());
  }
}

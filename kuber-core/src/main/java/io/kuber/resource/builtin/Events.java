package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Ages;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.Version;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.time.Instant;
import java.util.Locale;

/** {@code v1 Event}. */
final class Events implements KindRules {
  private static final Columns COLUMNS =
      Columns.none()
          .text("Last Seen", Events::lastSeen)
          .text("Type", (event, now) -> event.tree().text("type"))
          .text("Reason", (event, now) -> event.tree().text("reason"))
          .text("Object", (event, now) -> about(event))
          .wide("Subobject", (event, now) -> involved(event).text("fieldPath"))
          .wide("Source", (event, now) -> source(event))
          .text("Message", (event, now) -> event.tree().text("message").strip())
          .wide("First Seen", Events::firstSeen)
          .wide("Count", (event, now) -> Long.toString(count(event)))
          .wide("Name", (event, now) -> event.name());

  static final Kind KIND =
      Kind.of(Resources.EVENTS, new Events(), COLUMNS)
          .with(Trait.CREATE_ON_UPDATE)
          .selectable("involvedObject.kind")
          .selectable("involvedObject.namespace")
          .selectable("involvedObject.name")
          .selectable("involvedObject.uid")
          .selectable("involvedObject.apiVersion")
          .selectable("involvedObject.resourceVersion")
          .selectable("involvedObject.fieldPath")
          .selectable("reason")
          .selectable("reportingComponent")
          .selectable("source", "source.component")
          .selectable("type")
          .with(inEventsGroup());

  private Events() {}

  private static Version inEventsGroup() {
    Version version =
        Version.of(Resources.EVENTS, COLUMNS).in("events.k8s.io", "v1", new EventsV1());
    for (String field :
        new String[] {
          "kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"
        }) {
      version = version.selectable("regarding." + field, "involvedObject." + field);
    }
    return version
        .selectable("reason", "reason")
        .selectable("reportingController", "reportingComponent")
        .selectable("type", "type");
  }

  private static Tree involved(KubeObject event) {
    return event.tree().tree("involvedObject");
  }

  private static String about(KubeObject event) {
    String kind = involved(event).text("kind").toLowerCase(Locale.ROOT);
    return involved(event).text("name").isEmpty()
        ? kind
        : kind + "/" + involved(event).text("name");
  }

  private static String source(KubeObject event) {
    String component = event.tree().text("source", "component");
    String host = event.tree().text("source", "host");
    if (component.isEmpty()) {
      component = event.tree().text("reportingComponent");
      host = event.tree().text("reportingInstance");
    }
    return host.isEmpty() ? component : component + ", " + host;
  }

  private static long count(KubeObject event) {
    long series = event.tree().number(0, "series", "count");
    return series > 0 ? series : Math.max(event.tree().number(0, "count"), 1);
  }

  private static Object firstSeen(KubeObject event, Instant now) {
    String first = event.tree().text("firstTimestamp");
    return Ages.since(first.isEmpty() ? event.tree().text("eventTime") : first, now);
  }

  private static Object lastSeen(KubeObject event, Instant now) {
    String series = event.tree().text("series", "lastObservedTime");
    String last = series.isEmpty() ? event.tree().text("lastTimestamp") : series;
    return last.isEmpty() ? firstSeen(event, now) : Ages.since(last, now);
  }

  @Override
  public void check(KubeObject event, Problems problems) {
    MetadataCheck.check(event, Names.SUBDOMAIN, problems);
    String namespace = involved(event).text("namespace");
    boolean fits =
        namespace.isEmpty()
            ? event.namespace().equals("default")
            : event.namespace().equals(namespace);
    if (!fits) {
      problems.invalid(
          FieldPath.ROOT.child("involvedObject", "namespace"),
          namespace,
          "does not match event.namespace");
    }
  }
}

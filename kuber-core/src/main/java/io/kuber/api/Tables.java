package io.kuber.api;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns.Column;
import io.kuber.resource.Served;
import io.kuber.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stored objects as {@code meta.k8s.io/v1 Table}, which is what {@code kubectl get} asks for. Pure.
 */
public final class Tables {
  private static final String API_VERSION = "meta.k8s.io/v1";

  private Tables() {}

  /** What a row holds of its object ({@code includeObject} of the query). */
  public enum Include {
    /** Nothing. */
    NONE("None"),
    /** Its metadata; the default. */
    METADATA("Metadata"),
    /** All of it. */
    OBJECT("Object");

    private final String text;

    Include(String text) {
      this.text = text;
    }

    /** The policy of a query; the empty text means the default, any other is a bad request. */
    public static Include of(String text) {
      if (text.isEmpty()) {
        return METADATA;
      }
      for (Include include : values()) {
        if (include.text.equals(text)) {
          return include;
        }
      }
      throw Failures.badRequest("unrecognized includeObject value: \"" + text + "\"");
    }
  }

  /** A list as a table. */
  public static Tree of(ApiAnswer.Many many, Include include, Instant now) {
    Tree.Builder metadata = Tree.builder().put("resourceVersion", many.resourceVersion());
    if (!many.continueToken().isEmpty()) {
      metadata.put("continue", many.continueToken());
    }
    metadata.putIfPresent("remainingItemCount", many.remaining());
    List<KubeObject> objects = many.entries().stream().map(Stored::object).toList();
    return table(many.served(), objects, metadata.build(), include, now, true);
  }

  /**
   * One object as a table, for get and for the events of a watch, of which only the first needs the
   * columns.
   */
  public static Tree of(
      Served served, KubeObject object, Include include, Instant now, boolean withColumns) {
    Tree metadata = Tree.of("resourceVersion", object.resourceVersion());
    return table(served, List.of(object), metadata, include, now, withColumns);
  }

  private static Tree table(
      Served served,
      List<KubeObject> objects,
      Tree metadata,
      Include include,
      Instant now,
      boolean withColumns) {
    List<Tree> definitions = new ArrayList<>();
    if (withColumns) {
      served.version().columns().columns().forEach(column -> definitions.add(definition(column)));
    }
    List<Tree> rows = objects.stream().map(object -> row(served, object, include, now)).toList();
    return Tree.of(
        "kind",
        "Table",
        "apiVersion",
        API_VERSION,
        "metadata",
        metadata,
        "columnDefinitions",
        Items.copyOf(definitions),
        "rows",
        Items.copyOf(rows));
  }

  private static Tree definition(Column column) {
    return Tree.of(
        "name", column.title(),
        "type", column.type(),
        "format", column.format(),
        "description", "",
        "priority", (long) column.priority());
  }

  private static Tree row(Served served, KubeObject object, Include include, Instant now) {
    KubeObject current = served.kind().current(object);
    List<Object> cells = new ArrayList<>();
    for (Column column : served.version().columns().columns()) {
      cells.add(column.cell().apply(current, now));
    }
    Tree row = Tree.of("cells", Items.copyOf(cells));
    Tree shown = shown(served, current, include);
    return shown == null ? row : row.with("object", shown);
  }

  private static @Nullable Tree shown(Served served, KubeObject object, Include include) {
    return switch (include) {
      case NONE -> null;
      case METADATA ->
          Tree.of(
              "kind",
              "PartialObjectMetadata",
              "apiVersion",
              API_VERSION,
              "metadata",
              object.metadata());
      case OBJECT -> served.fromStored(object).tree();
    };
  }
}

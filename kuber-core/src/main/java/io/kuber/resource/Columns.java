package io.kuber.resource;

import com.google.common.collect.ImmutableList;
import io.kuber.object.KubeObject;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The columns in which tables show one kind: a readable list, in order.
 *
 * @param columns from left to right
 */
public record Columns(List<Column> columns) {
  /** Only the name and the age. */
  public static final Columns NAME_AND_AGE = new Columns(List.of()).name().age();

  /** What kinds without columns of their own are shown in (apiserver, rest/table.go). */
  public static final Columns NAME_AND_CREATION =
      new Columns(List.of())
          .name()
          .plus(
              new Column(
                  "Created At",
                  "date",
                  "",
                  0,
                  (object, now) -> object.metadata().text("creationTimestamp")));

  /** Copies the list. */
  public Columns {
    columns = List.copyOf(columns);
  }

  /** No columns yet. */
  public static Columns none() {
    return new Columns(List.of());
  }

  /** One column more, shown always. */
  public Columns text(String title, BiFunction<KubeObject, Instant, Object> cell) {
    return plus(new Column(title, "string", "", 0, cell));
  }

  /** One column more that shows an integer. */
  public Columns integer(String title, BiFunction<KubeObject, Instant, Object> cell) {
    return plus(new Column(title, "integer", "", 0, cell));
  }

  /** One column more that shows a truth. */
  public Columns truth(String title, BiFunction<KubeObject, Instant, Object> cell) {
    return plus(new Column(title, "boolean", "", 0, cell));
  }

  /** One column more, shown only in wide tables. */
  public Columns wide(String title, BiFunction<KubeObject, Instant, Object> cell) {
    return plus(new Column(title, "string", "", 1, cell));
  }

  /** The name. */
  public Columns name() {
    return nameFrom(KubeObject::name);
  }

  /** The name, with what else is said in its place. */
  public Columns nameFrom(Function<KubeObject, String> cell) {
    return plus(new Column("Name", "string", "name", 0, (object, now) -> cell.apply(object)));
  }

  /** How long ago the object was made. */
  public Columns age() {
    return text(
        "Age", (object, now) -> Ages.since(object.metadata().text("creationTimestamp"), now));
  }

  private Columns plus(Column column) {
    return new Columns(ImmutableList.<Column>builder().addAll(columns).add(column).build());
  }

  /**
   * One column.
   *
   * @param title as it stands in the head, such as {@code Ready}
   * @param type of the cells, as OpenAPI names it
   * @param format of the cells, as OpenAPI names it; {@code name} marks the name
   * @param priority 0 to show always, 1 to show in wide tables
   * @param cell what stands in the row of an object at an instant: a text, a number or a truth
   */
  public record Column(
      String title,
      String type,
      String format,
      int priority,
      BiFunction<KubeObject, Instant, Object> cell) {}
}

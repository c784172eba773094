package io.kuber.resource.custom;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.Ages;
import io.kuber.resource.Columns;
import io.kuber.resource.Columns.Column;
import io.kuber.resource.Conversion;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The columns that a definition gives its kind (apiextensions-apiserver,
 * pkg/registry/customresource/tableconvertor).
 */
final class PrinterColumns {
  private PrinterColumns() {}

  /**
   * The name, and what {@code additionalPrinterColumns} lists, or the age where that is nothing.
   */
  static Columns of(List<Tree> listed, Conversion conversion) {
    List<Column> columns = new ArrayList<>(Columns.none().name().columns());
    if (listed.isEmpty()) {
      listed =
          List.of(
              Tree.of("name", "Age", "type", "date", "jsonPath", ".metadata.creationTimestamp"));
    }
    for (Tree column : listed) {
      columns.add(
          new Column(
              column.text("name"),
              column.text("type"),
              column.text("format"),
              (int) column.number(0, "priority"),
              cell(column.text("type"), column.text("jsonPath"), conversion)));
    }
    return new Columns(columns);
  }

  private static BiFunction<KubeObject, Instant, Object> cell(
      String type, String path, Conversion conversion) {
    JsonPath parsed;
    try {
      parsed = JsonPath.parse(path);
    } catch (IllegalArgumentException unreadable) {
      return (object, now) -> Nil.NIL; // As upstream: the column is there, and shows nothing.
    }
    return (object, now) ->
        parsed
            .first(conversion.fromStored(object).tree())
            .map(v -> shown(type, v, now))
            .orElse(Nil.NIL);
  }

  private static Object shown(String type, Object value, Instant now) {
    return switch (type) {
      case "integer" ->
          value instanceof BigDecimal number
              ? (Object) number.longValue()
              : ifOf(Long.class, value);
      case "number" -> ifOf(Number.class, value);
      case "boolean" -> ifOf(Boolean.class, value);
      case "date" -> value instanceof String time ? age(time, now) : Nil.NIL;
      default -> text(value);
    };
  }

  private static Object ifOf(Class<?> type, Object value) {
    return type.isInstance(value) ? value : Nil.NIL;
  }

  private static Object text(Object value) {
    if (value instanceof Tree || value instanceof Items) {
      return new String(Json.print(value), StandardCharsets.UTF_8);
    }
    return value == Nil.NIL ? value : value.toString();
  }

  private static String age(String time, Instant now) {
    try {
      return Ages.since(time, now);
    } catch (DateTimeException noTime) {
      return "<invalid>";
    }
  }
}

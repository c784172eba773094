package io.kuber.managed;

import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.util.Optional;
import java.util.function.Function;

/**
 * One owner's part of an object.
 *
 * @param owner whose fields they are
 * @param apiVersion the version in which the fields are named
 * @param time of the last change, RFC 3339 in UTC; empty where nobody said
 * @param fields what is owned
 */
public record Entry(Owner owner, String apiVersion, String time, FieldSet fields) {
  private static final String FIELDS_V1 = "FieldsV1";

  /** The entry as {@code metadata.managedFields} shows it; empty when it cannot be understood. */
  static Optional<Entry> read(Tree json) {
    try {
      return of(json, FieldSet::fromJson);
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** The same for an entry that was understood before; its fields are read when asked for. */
  static Optional<Entry> ofStored(Tree json) {
    return of(json, FieldSet::ofStored);
  }

  private static Optional<Entry> of(Tree json, Function<Tree, FieldSet> fields) {
    Optional<Operation> operation = Operation.of(json.text("operation"));
    String apiVersion = json.text("apiVersion");
    if (operation.isEmpty() || apiVersion.isEmpty() || !json.text("fieldsType").equals(FIELDS_V1)) {
      return Optional.empty();
    }
    Owner owner =
        new Owner(json.text("manager"), operation.get(), apiVersion, json.text("subresource"));
    return Optional.of(
        new Entry(owner, apiVersion, json.text("time"), fields.apply(json.tree("fieldsV1"))));
  }

  /** The entry as {@code metadata.managedFields} shows it. */
  Tree toJson() {
    Tree.Builder json =
        Tree.builder()
            .put("manager", owner.manager())
            .put("operation", owner.operation().text())
            .put("apiVersion", apiVersion);
    if (!time.isEmpty()) {
      json.put("time", time);
    }
    json.put("fieldsType", FIELDS_V1).put("fieldsV1", fields.toJson());
    if (!owner.subresource().isEmpty()) {
      json.put("subresource", owner.subresource());
    }
    return json.build();
  }

  /** This entry with other fields. */
  Entry with(FieldSet other) {
    return new Entry(owner, apiVersion, time, other);
  }
}

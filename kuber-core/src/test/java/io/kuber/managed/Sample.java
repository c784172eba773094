package io.kuber.managed;

import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the tests of this package write down as text. */
final class Sample {
  static final TypeSchema DEPLOYMENT = kind("apps/v1", "Deployment");
  static final TypeSchema SERVICE = kind("v1", "Service");
  static final TypeSchema CONFIG_MAP = kind("v1", "ConfigMap");
  static final TypeSchema POD = kind("v1", "Pod");

  /** A custom resource without a schema. */
  static final TypeSchema ANYTHING =
      TypeSchema.of("io.example.v1.Thing", "example.io/v1", List.of(), true, Map.of());

  private Sample() {}

  static TypeSchema kind(String apiVersion, String kind) {
    return Schemas.builtIn().of(apiVersion, kind).orElseThrow();
  }

  static TypeSchema type(String name) {
    return switch (name) {
      case "Deployment" -> DEPLOYMENT;
      case "Service" -> SERVICE;
      case "ConfigMap" -> CONFIG_MAP;
      case "Pod" -> POD;
      default -> ANYTHING;
    };
  }

  /** JSON with single quotes. */
  static Tree json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static Tree yaml(String text) {
    return Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Compact YAML that starts without braces, such as {@code spec: {replicas: 1}}. */
  static Tree flow(String text) {
    return yaml("{" + text + "}");
  }

  static String text(Object value) {
    return new String(Json.print(value), StandardCharsets.UTF_8).replace('"', '\'');
  }

  /** Paths in their order, with blanks between them. */
  static String paths(FieldSet fields) {
    return fields.toString().replace("\n", " ").replace('"', '\'');
  }

  /** Who owns what, one owner per line: {@code name operation version/subresource: paths}. */
  static String owners(Items entries) {
    StringBuilder text = new StringBuilder();
    for (Entry entry : ManagedFields.read(entries).orElseThrow().entries()) {
      text.append(entry.owner().manager()).append(' ').append(entry.owner().operation().text());
      text.append(' ').append(entry.apiVersion());
      if (!entry.owner().subresource().isEmpty()) {
        text.append('/').append(entry.owner().subresource());
      }
      text.append(": ").append(paths(entry.fields())).append('\n');
    }
    return text.toString();
  }
}

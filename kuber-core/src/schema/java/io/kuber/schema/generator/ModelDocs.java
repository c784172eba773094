package io.kuber.schema.generator;

import com.google.gson.annotations.SerializedName;
import io.swagger.annotations.ApiModel;
import io.swagger.annotations.ApiModelProperty;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Descriptions and required marks from the annotations of the Java client's model classes. */
final class ModelDocs {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  private ModelDocs() {}

  /** Adds what the model class of the type says; a type without one stays as it is. */
  static void describe(Type type) {
    String own = capital(type.version()) + type.simpleName();
    Class<?> model = model(capital(type.groupLabel()) + own);
    model = model == null ? model(own) : model;
    if (model == null) {
      return;
    }
    ApiModel whole = model.getAnnotation(ApiModel.class);
    if (whole != null && !whole.description().isBlank()) {
      type.descriptions.put("", whole.description());
    }
    Set<String> required = new LinkedHashSet<>();
    properties(model)
        .forEach(
            (name, property) -> {
              if (!property.value().isBlank()) {
                type.descriptions.put(name, property.value());
              }
              if (property.required()) {
                required.add(name);
              }
            });
    type.fields.forEach(
        (name, field) -> {
          if (required.contains(field.jsonName(name))) {
            field.facts.add("required");
          }
        });
  }

  /** Gives types of old versions, which have no model class, the texts of their successors. */
  static void borrow(Map<String, Type> types) {
    Map<String, Type> described = new HashMap<>();
    for (Type type : types.values()) {
      if (!type.descriptions.isEmpty() && type.version().matches("v[0-9]+")) {
        described.put(type.simpleName(), type);
      }
    }
    for (Type type : types.values()) {
      Type successor = described.get(type.simpleName());
      if (type.descriptions.isEmpty() && successor != null) {
        type.descriptions.putAll(successor.descriptions);
      }
    }
  }

  /** The model classes say nothing of fields that hold an object: say what the object is. */
  static void describeObjects(Map<String, Type> types) {
    for (Type type : types.values()) {
      type.fields.forEach(
          (name, field) -> {
            Type inner = types.get(field.shape);
            if (inner != null) {
              type.descriptions.putIfAbsent(field.jsonName(name), ofObject(name, inner));
            }
          });
    }
  }

  private static String ofObject(String field, Type type) {
    return switch (field) {
      case "metadata" ->
          type.simpleName().equals("ListMeta")
              ? "The version of the list, and where to continue it."
              : "Names, labels, annotations and whatever else every object has.";
      case "spec" -> "The desired state.";
      case "status" -> "The observed state, written by the system.";
      default -> type.descriptions.getOrDefault("", "").replaceFirst("(?s)\\.\\s.*", ".");
    };
  }

  private static Class<?> model(String name) {
    try {
      return Class.forName(MODELS + name);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static Map<String, ApiModelProperty> properties(Class<?> model) {
    Map<String, String> names = new HashMap<>();
    for (Field field : model.getDeclaredFields()) {
      SerializedName name = field.getAnnotation(SerializedName.class);
      if (name != null) {
        names.put("get" + bare(field.getName()), name.value());
      }
    }
    Map<String, ApiModelProperty> properties = new HashMap<>();
    for (Method method : model.getMethods()) {
      ApiModelProperty property = method.getAnnotation(ApiModelProperty.class);
      String name = names.get(bare(method.getName()));
      if (property != null && name != null) {
        properties.put(name, property);
      }
    }
    return properties;
  }

  private static String bare(String javaName) {
    return javaName.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}

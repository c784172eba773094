package io.kuber.schema;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types of all kinds: the built-in ones and those that custom resources added. */
public final class Schemas {
  private static final Schemas BUILT_IN = new Schemas(ImmutableMap.of());

  /** By {@code apiVersion/kind}. */
  private final ImmutableMap<String, TypeSchema> added;

  private Schemas(ImmutableMap<String, TypeSchema> added) {
    this.added = added;
  }

  /** The schemas of the built-in kinds alone. */
  public static Schemas builtIn() {
    return BUILT_IN;
  }

  /**
   * The type of a kind. Kinds that belong to every group, such as {@code DeleteOptions} and {@code
   * Status}, are found under any {@code apiVersion}.
   */
  public Optional<TypeSchema> of(String apiVersion, String kind) {
    TypeSchema type = added.get(apiVersion + "/" + kind);
    return Optional.ofNullable(type == null ? BuiltInTypes.only().ofKind(apiVersion, kind) : type);
  }

  /** The type of a definition, such as {@code io.k8s.api.core.v1.Container}. */
  public Optional<TypeSchema> named(String definition) {
    @Nullable TypeSchema builtIn = BuiltInTypes.only().named(definition);
    return builtIn != null
        ? Optional.of(builtIn)
        : added.values().stream().filter(type -> type.name().equals(definition)).findFirst();
  }

  /** These schemas with the type of a kind added or replaced; built-in kinds cannot be replaced. */
  public Schemas with(String apiVersion, String kind, TypeSchema type) {
    if (BuiltInTypes.only().ofKind(apiVersion, kind) != null) {
      throw new IllegalArgumentException(apiVersion + " " + kind + " is a built-in kind");
    }
    Map<String, TypeSchema> more = new LinkedHashMap<>(added);
    more.put(apiVersion + "/" + kind, type);
    return new Schemas(ImmutableMap.copyOf(more));
  }

  /** These schemas without the type of an added kind. */
  public Schemas without(String apiVersion, String kind) {
    Map<String, TypeSchema> fewer = new LinkedHashMap<>(added);
    fewer.remove(apiVersion + "/" + kind);
    return new Schemas(ImmutableMap.copyOf(fewer));
  }
}

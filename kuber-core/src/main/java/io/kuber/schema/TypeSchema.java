package io.kuber.schema;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A type of object: the fields that objects of one kind, or parts of them, may have.
 *
 * <p>Types refer to each other and to themselves, so that a type reads its fields when they are
 * first asked for.
 */
public final class TypeSchema implements Shape {
  private final String name;
  private final String apiVersion;
  private final Supplier<Content> content;
  private final Supplier<Map<String, String>> descriptions;

  /** What a type reads late. */
  record Content(List<Field> declared, boolean isAtomic, boolean keepsUnknown) {}

  private record Read(
      Content content,
      ImmutableMap<String, Field> fields,
      ImmutableSortedMap<Integer, Field> numbered) {}

  private final Supplier<Read> read;

  TypeSchema(
      String name,
      String apiVersion,
      Supplier<Content> content,
      Supplier<Map<String, String>> descriptions) {
    this.name = name;
    this.apiVersion = apiVersion;
    this.content = content;
    this.descriptions = descriptions;
    this.read = Suppliers.memoize(this::read);
  }

  /**
   * A type made at run time, such as that of a custom resource or of an object inside it.
   *
   * @param name the name of the definition, such as {@code io.example.v1.Widget}
   * @param apiVersion such as {@code example.io/v1}; empty where the type is no kind
   * @param fields the fields, {@code apiVersion}, {@code kind} and {@code metadata} included
   * @param keepsUnknown whether fields that are not listed are allowed and kept
   * @param descriptions texts by field name; that of the type itself under the empty name
   */
  public static TypeSchema of(
      String name,
      String apiVersion,
      List<Field> fields,
      boolean keepsUnknown,
      Map<String, String> descriptions) {
    Content content = new Content(List.copyOf(fields), false, keepsUnknown);
    Map<String, String> texts = Map.copyOf(descriptions);
    return new TypeSchema(name, apiVersion, () -> content, () -> texts);
  }

  private Read read() {
    Content read = content.get();
    ImmutableMap.Builder<String, Field> fields = ImmutableMap.builder();
    for (Field field : read.declared) {
      if (field.facts().isInline() && field.shape() instanceof TypeSchema inlined) {
        inlined.fields().forEach(inner -> fields.put(inner.name(), inner));
      } else {
        fields.put(field.name(), field);
      }
    }
    Map<Integer, Field> numbered = new TreeMap<>();
    for (Field field : read.declared) {
      if (field.number() > 0) {
        numbered.put(field.number(), field);
      }
    }
    return new Read(read, fields.buildKeepingLast(), ImmutableSortedMap.copyOf(numbered));
  }

  /** The name of the definition in OpenAPI, such as {@code io.k8s.api.apps.v1.Deployment}. */
  public String name() {
    return name;
  }

  /** The last part of the name, such as {@code Deployment}; of a kind, the kind. */
  public String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Group and version of a kind, such as {@code apps/v1}; empty where the type is no kind. */
  public String apiVersion() {
    return apiVersion;
  }

  /** Whether objects of the type stand alone and carry {@code apiVersion} and {@code kind}. */
  public boolean isKind() {
    return !apiVersion.isEmpty();
  }

  /** The fields as JSON shows them: those of inline fields stand in their place. */
  public Collection<Field> fields() {
    return read.get().fields.values();
  }

  /** The field of that name in JSON, or null. */
  public @Nullable Field field(String name) {
    return read.get().fields.get(name);
  }

  /** The fields as protobuf shows them, in the order of their numbers, inline fields included. */
  public Collection<Field> numberedFields() {
    return read.get().numbered.values();
  }

  /** The field of that number in protobuf, or null. */
  public @Nullable Field fieldNumbered(int number) {
    return read.get().numbered.get(number);
  }

  /** Whether protobuf knows the type; it does not know custom resources. */
  public boolean hasNumbers() {
    return !read.get().numbered.isEmpty();
  }

  /** Whether server-side apply replaces objects of the type as a whole wherever they stand. */
  public boolean isAtomic() {
    return read.get().content.isAtomic;
  }

  /** Whether fields that are not listed are allowed and kept. */
  public boolean keepsUnknown() {
    return read.get().content.keepsUnknown;
  }

  /**
   * Descriptions by field name, that of the type itself under the empty name. Read again at every
   * call: only OpenAPI wants them.
   */
  public Map<String, String> descriptions() {
    return descriptions.get();
  }

  /** Two types are the same when they are one instance: a name may mean another type later. */
  @Override
  public String toString() {
    return name;
  }
}

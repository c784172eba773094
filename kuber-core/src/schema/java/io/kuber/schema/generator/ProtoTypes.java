package io.kuber.schema.generator;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.Meta;
import java.io.IOException;
import java.net.JarURLConnection;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;

/** The types of all protobuf descriptors in the jar of the Java client. */
final class ProtoTypes {
  /** Messages that JSON writes as a scalar or as free-form text, and the shape each one is. */
  private static final Map<String, String> SCALARS =
      Map.ofEntries(
          Map.entry("k8s.io.apimachinery.pkg.apis.meta.v1.Time", "time"),
          Map.entry("k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime", "micro-time"),
          Map.entry("k8s.io.apimachinery.pkg.apis.meta.v1.Duration", "duration"),
          Map.entry("k8s.io.apimachinery.pkg.apis.meta.v1.FieldsV1", "fields"),
          Map.entry("k8s.io.apimachinery.pkg.api.resource.Quantity", "quantity"),
          Map.entry("k8s.io.apimachinery.pkg.util.intstr.IntOrString", "int-or-string"),
          Map.entry("k8s.io.apimachinery.pkg.runtime.RawExtension", "raw"));

  private static final Map<String, String> SCHEMA_SCALARS =
      Map.of(
          "JSON", "json",
          "JSONSchemaPropsOrBool", "json-or-bool",
          "JSONSchemaPropsOrArray", "json-or-array",
          "JSONSchemaPropsOrStringArray", "json-or-texts");

  private ProtoTypes() {}

  static Map<String, Type> all() throws IOException {
    Map<String, Type> types = new TreeMap<>();
    JarURLConnection jar =
        (JarURLConnection) Meta.class.getResource("Meta.class").openConnection();
    for (JarEntry entry : jar.getJarFile().stream().toList()) {
      if (entry.getName().matches("io/kubernetes/client/proto/[^$]+\\.class")) {
        addFile(entry.getName().replaceAll("\\.class$", "").replace('/', '.'), types);
      }
    }
    return types;
  }

  private static void addFile(String outerClass, Map<String, Type> types) {
    try {
      FileDescriptor file =
          (FileDescriptor) Class.forName(outerClass).getMethod("getDescriptor").invoke(null);
      if (file.getPackage().matches(".*\\.v[0-9]+[a-z0-9]*")) {
        for (Descriptor message : file.getMessageTypes()) {
          if (scalar(message) == null && !isWrapper(message)) {
            Type type = type(message);
            types.put(type.name, type);
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no protobuf descriptor in " + outerClass, e);
    }
  }

  private static Type type(Descriptor message) {
    Type type = new Type(definition(message));
    for (FieldDescriptor field : message.getFields()) {
      type.fields.put(field.getName(), new Type.Field(field.getNumber(), shape(field)));
    }
    return type;
  }

  private static String shape(FieldDescriptor field) {
    if (field.isMapField()) {
      return "{}" + single(field.getMessageType().findFieldByName("value"));
    }
    return (field.isRepeated() ? "[]" : "") + single(field);
  }

  private static String single(FieldDescriptor field) {
    return switch (field.getType()) {
      case STRING -> "text";
      case BOOL -> "bool";
      case INT32 -> "int32";
      case INT64 -> "int64";
      case DOUBLE -> "double";
      case BYTES -> "bytes";
      case MESSAGE -> message(field.getMessageType());
      default -> throw new IllegalStateException(field.getFullName() + " is " + field.getType());
    };
  }

  private static String message(Descriptor message) {
    if (isWrapper(message)) {
      return "()text";
    }
    String scalar = scalar(message);
    return scalar == null ? definition(message) : scalar;
  }

  private static String scalar(Descriptor message) {
    String scalar = SCALARS.get(message.getFullName());
    boolean ofSchemas = message.getFile().getPackage().contains("apiextensions");
    return scalar == null && ofSchemas ? SCHEMA_SCALARS.get(message.getName()) : scalar;
  }

  /** Go names such list types (Verbs, ExtraValue); protobuf needs a message around the list. */
  private static boolean isWrapper(Descriptor message) {
    if (message.getFields().size() != 1) {
      return false;
    }
    FieldDescriptor field = message.getFields().get(0);
    return field.getName().equals("items")
        && field.isRepeated()
        && field.getType() == FieldDescriptor.Type.STRING;
  }

  /** The name under which OpenAPI publishes the message. */
  private static String definition(Descriptor message) {
    return message.getFullName().replaceFirst("^k8s\\.io\\.", "io.k8s.").replace('_', '-');
  }
}
